namespace Contracts.Support;

/// <summary>Exceptions of tasks that nobody looked at, from its making on.</summary>
public sealed class UnobservedFaults : IDisposable
{
    private readonly Lock _lock = new();
    private readonly List<Exception> _faults = [];

    public UnobservedFaults() => TaskScheduler.UnobservedTaskException += OnUnobserved;

    /// <summary>What came so far, after everything that can be collected was.</summary>
    public IReadOnlyList<Exception> Collect()
    {
        for (var round = 0; round < 3; round++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        lock (_lock)
        {
            return [.. _faults];
        }
    }

    public void Dispose() => TaskScheduler.UnobservedTaskException -= OnUnobserved;

    private void OnUnobserved(object? sender, UnobservedTaskExceptionEventArgs fault)
    {
        lock (_lock)
        {
            _faults.Add(fault.Exception);
        }
    }
}
