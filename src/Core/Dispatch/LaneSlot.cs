namespace Flatfile.Agent.Core.Dispatch;

/// <summary>One of the places for work that runs at the same time. Given back while the work only waits.</summary>
internal sealed class LaneSlot(SemaphoreSlim slots)
{
    private bool _held;

    public async Task TakeAsync(CancellationToken cancellationToken)
    {
        if (!_held)
        {
            await slots.WaitAsync(cancellationToken).ConfigureAwait(false);
            _held = true;
        }
    }

    public void Release()
    {
        if (_held)
        {
            _held = false;
            slots.Release();
        }
    }
}
