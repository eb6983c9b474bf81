using System.Diagnostics.CodeAnalysis;

namespace Flatfile.Spaces.Ids;

/// <summary>An id taken apart: its kind, its space, and its number in the space.</summary>
internal readonly record struct ResourceId(string Prefix, long Space, long Number)
{
    /// <summary>Reads an id of one kind; anything else, also a well-formed id of another kind, is false.</summary>
    public static bool TryParse(string prefix, [NotNullWhen(true)] string? text, out ResourceId id)
    {
        id = default;
        if (text is null || !text.StartsWith(prefix, StringComparison.Ordinal)
            || !IdCipher.TryRead(text.AsSpan(prefix.Length), out var space, out var number))
        {
            return false;
        }

        id = new ResourceId(prefix, space, number);
        return true;
    }

    /// <inheritdoc />
    public override string ToString() => Prefix + IdCipher.Write(Space, Number);
}
