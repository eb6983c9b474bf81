using System.Diagnostics.CodeAnalysis;

namespace Flatfile.Spaces.Ids;

/// <summary>An event's id: the space and the event's place in it, sixteen word characters long as clients expect.</summary>
/// <remarks>The second half follows from the first: an id that was not made here does not lead anywhere.</remarks>
internal static class EventId
{
    /// <summary>The id of the event with this sequence number; space 0 holds the events that belong to none.</summary>
    public static string Write(long space, long sequence) =>
        IdPrefix.Event + IdCipher.Write(space, sequence) + Seal(space, sequence);

    /// <summary>Reads an id.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out long space, out long sequence)
    {
        space = sequence = 0;
        if (text is null || text.Length != IdPrefix.Event.Length + (2 * IdCipher.Length)
            || !text.StartsWith(IdPrefix.Event, StringComparison.Ordinal))
        {
            return false;
        }

        var body = text.AsSpan(IdPrefix.Event.Length);
        return IdCipher.TryRead(body[..IdCipher.Length], out space, out sequence)
            && body[IdCipher.Length..].SequenceEqual(Seal(space, sequence));
    }

    private static string Seal(long space, long sequence) =>
        IdCipher.Write(IdCipher.SpaceLimit - 1 - space, IdCipher.NumberLimit - 1 - sequence);
}
