using System.Net;
using System.Net.Sockets;

namespace Flatfile.Agent.Core.Drivers.Webhook;

/// <summary>Counts requests by address: a bucket each that fills at the rate and holds the burst. Its memory is bounded.</summary>
internal sealed class RequestRate(double rate, int burst, TimeProvider time)
{
    /// <summary>Addresses known at once; when all of them are busy, further ones share one bucket.</summary>
    public const int MostAddresses = 10_000;

    private static readonly TimeSpan SweepEvery = TimeSpan.FromSeconds(1);

    private readonly Dictionary<UInt128, Bucket> _buckets = [];
    private readonly Bucket _others = new() { Tokens = burst };
    private readonly Lock _lock = new();
    private long _swept = time.GetTimestamp();

    /// <summary>How many addresses are known.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _buckets.Count;
            }
        }
    }

    /// <summary>Null when the request may pass; otherwise after how long the next one may.</summary>
    public TimeSpan? Refuse(IPAddress? address)
    {
        lock (_lock)
        {
            var now = time.GetTimestamp();
            var bucket = Find(Key(address), now);
            Fill(bucket, now);
            if (bucket.Tokens >= 1)
            {
                bucket.Tokens--;
                return null;
            }

            return TimeSpan.FromSeconds((1 - bucket.Tokens) / rate);
        }
    }

    /// <summary>Of IPv6 the network counts: who has one has all its addresses.</summary>
    private static UInt128 Key(IPAddress? address)
    {
        if (address is null)
        {
            return 0;
        }

        address = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        var bytes = address.GetAddressBytes();
        var value = UInt128.Zero;
        foreach (var part in address.AddressFamily == AddressFamily.InterNetworkV6 ? bytes.AsSpan(0, 8) : bytes)
        {
            value = (value << 8) | part;
        }

        return (value << 1) | (address.AddressFamily == AddressFamily.InterNetworkV6 ? 1u : 0u);
    }

    private Bucket Find(UInt128 key, long now)
    {
        if (_buckets.TryGetValue(key, out var known))
        {
            return known;
        }

        if (_buckets.Count >= MostAddresses && time.GetElapsedTime(_swept, now) >= SweepEvery)
        {
            _swept = now;
            foreach (var (idle, bucket) in _buckets.ToList())
            {
                Fill(bucket, now);
                if (bucket.Tokens >= burst)
                {
                    _buckets.Remove(idle);
                }
            }
        }

        return _buckets.Count >= MostAddresses ? _others : _buckets[key] = new Bucket { Tokens = burst, At = now };
    }

    private void Fill(Bucket bucket, long now)
    {
        bucket.Tokens = Math.Min(burst, bucket.Tokens + (time.GetElapsedTime(bucket.At, now).TotalSeconds * rate));
        bucket.At = now;
    }

    /// <summary>What one address has left.</summary>
    private sealed class Bucket
    {
        public double Tokens { get; set; }

        public long At { get; set; }
    }
}
