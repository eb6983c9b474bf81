namespace Contracts.Support;

/// <summary>Something a test waits for, with a limit that says what it waited for.</summary>
public sealed class Signal(string what)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private readonly TaskCompletionSource _set = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public bool IsSet => _set.Task.IsCompleted;

    public Task Task => _set.Task;

    public void Set() => _set.TrySetResult();

    public Task WaitAsync() => WaitAsync(_set.Task, what);

    /// <summary>Waits for a task; past the limit says what did not come.</summary>
    public static async Task WaitAsync(Task task, string what)
    {
        if (await Task.WhenAny(task, Task.Delay(Limit)) != task)
        {
            throw new TimeoutException($"Waited {Limit.TotalSeconds:0} s in vain for {what}.");
        }

        await task;
    }

    /// <summary>Looks again and again until the condition holds; for what gives no signal of its own.</summary>
    public static Task UntilAsync(Func<Task<bool>> condition, string what) => UntilAsync(condition, what, Limit);

    /// <summary>The same with a limit of its own, for what starts slowly.</summary>
    public static async Task UntilAsync(Func<Task<bool>> condition, string what, TimeSpan limit)
    {
        var begun = TimeProvider.System.GetTimestamp();
        while (!await condition())
        {
            if (TimeProvider.System.GetElapsedTime(begun) > limit)
            {
                throw new TimeoutException($"Waited {limit.TotalSeconds:0} s in vain for {what}.");
            }

            await Task.Delay(10);
        }
    }
}
