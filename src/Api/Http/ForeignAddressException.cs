namespace Flatfile.Api;

/// <summary>An address from an event that is no plain path of the API; nothing was sent, because the key belongs to one origin only.</summary>
public sealed class ForeignAddressException : Exception
{
    internal ForeignAddressException()
        : base("The address in the event is not a relative path below v1/ of the configured API; nothing was sent. Only such paths are followed, because the key goes to no other server.")
    {
    }
}
