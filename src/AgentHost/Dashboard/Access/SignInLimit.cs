using System.Net;
using System.Net.Sockets;

namespace Flatfile.Agent.Host.Dashboard.Access;

/// <summary>Keeps wrong keys few: so many a minute from one address, and so many from everybody. Knows a bounded number of addresses.</summary>
internal sealed class SignInLimit(TimeProvider time)
{
    private const int EachAddress = 5;
    private const int All = 100;
    private const int MostAddresses = 10_000;
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, int> _wrong = new(StringComparer.Ordinal);
    private long _begun = time.GetTimestamp();
    private int _wrongOfAll;

    /// <summary>How long this address must wait before it may try; null when it may now.</summary>
    public TimeSpan? Wait(IPAddress? address)
    {
        lock (_lock)
        {
            Turn();
            return _wrongOfAll >= All || _wrong.GetValueOrDefault(NameOf(address)) >= EachAddress ? Window - time.GetElapsedTime(_begun) : null;
        }
    }

    /// <summary>A key was wrong.</summary>
    public void Wrong(IPAddress? address)
    {
        lock (_lock)
        {
            Turn();
            _wrongOfAll++;
            var name = NameOf(address);
            if (_wrong.Count < MostAddresses || _wrong.ContainsKey(name))
            {
                _wrong[name] = _wrong.GetValueOrDefault(name) + 1;
            }
        }
    }

    /// <summary>Who has one address of the newer kind has the whole network of 64 bits.</summary>
    private static string NameOf(IPAddress? address) => address switch
    {
        null => string.Empty,
        { AddressFamily: AddressFamily.InterNetworkV6, IsIPv4MappedToIPv6: false } => Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8)),
        _ => address.MapToIPv4().ToString(),
    };

    private void Turn()
    {
        if (time.GetElapsedTime(_begun) >= Window)
        {
            _begun = time.GetTimestamp();
            _wrong.Clear();
            _wrongOfAll = 0;
        }
    }
}
