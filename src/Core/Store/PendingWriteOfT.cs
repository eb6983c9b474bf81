namespace Flatfile.Agent.Core.Store;

/// <summary>A write with a result, which is handed out only after the commit.</summary>
internal abstract class PendingWrite<T> : PendingWrite
{
    private readonly TaskCompletionSource<T> _committed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<T> Committed => _committed.Task;

    protected T Result { get; set; } = default!;

    public override void Commit() => _committed.TrySetResult(Result);

    public override void Fail(Exception fault) => _committed.TrySetException(fault);
}
