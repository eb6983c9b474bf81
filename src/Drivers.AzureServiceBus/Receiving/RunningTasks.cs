namespace Flatfile.Agent.Drivers.AzureServiceBus.Receiving;

/// <summary>Work that is on its way; each piece is forgotten when it is done.</summary>
internal sealed class RunningTasks
{
    private readonly HashSet<Task> _running = [];

    public void Add(Task task)
    {
        if (task.IsCompletedSuccessfully)
        {
            return;
        }

        lock (_running)
        {
            _running.Add(task);
        }

        task.ContinueWith(Remove, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    /// <summary>Returns when nothing is on its way any more.</summary>
    public Task WhenDoneAsync()
    {
        lock (_running)
        {
            return Task.WhenAll(_running);
        }
    }

    private void Remove(Task done)
    {
        if (done.IsCompletedSuccessfully)
        {
            lock (_running)
            {
                _running.Remove(done);
            }
        }
    }
}
