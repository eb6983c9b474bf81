namespace Flatfile.Agent.Drivers.RabbitMq;

/// <summary>The deliveries of one channel that are not settled yet, and those whose settlement is still to be sent. Not for use by two at once.</summary>
/// <remarks>
/// One acknowledgement may stand for many deliveries, but only for those before which nothing is open: it settles everything below it.
/// </remarks>
internal sealed class SettledTags
{
    private readonly Queue<ulong> _order = new();
    private readonly HashSet<ulong> _toSend = [];
    private readonly HashSet<ulong> _sent = [];

    /// <summary>Settlements that wait to be sent.</summary>
    public int Pending => _toSend.Count;

    /// <summary>A delivery came; tags come in ascending order.</summary>
    public void Delivered(ulong tag) => _order.Enqueue(tag);

    /// <summary>A delivery is done.</summary>
    public void Settle(ulong tag) => _toSend.Add(tag);

    /// <summary>The delivery was given back by a message of its own.</summary>
    public void GivenBack(ulong tag) => _sent.Add(tag);

    /// <summary>Takes what is to be sent: a tag up to which all is settled, or 0; how many it stands for; and single ones further up.</summary>
    public (ulong UpTo, int Count, ulong[] Singles) Take()
    {
        var upTo = 0UL;
        var count = 0;
        while (_order.TryPeek(out var tag))
        {
            if (_toSend.Remove(tag))
            {
                upTo = tag;
                count++;
            }
            else if (!_sent.Remove(tag))
            {
                break;
            }

            _order.Dequeue();
        }

        ulong[] singles = [.. _toSend];
        _sent.UnionWith(singles);
        _toSend.Clear();
        return (upTo, count, singles);
    }
}
