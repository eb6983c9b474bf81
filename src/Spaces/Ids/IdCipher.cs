namespace Flatfile.Spaces.Ids;

/// <summary>Turns (space number, counter in the space) into eight word characters and back, so that any id leads to its space.</summary>
/// <remarks>
/// The bits are mixed by an invertible function: ids do not look sequential and close numbers share no beginning.
/// This is a disguise, not a secret; rights are always checked against the environment of the key.
/// </remarks>
internal static class IdCipher
{
    /// <summary>Length of the text.</summary>
    public const int Length = 8;

    /// <summary>Numbers of spaces and of things in a space must stay below these.</summary>
    public const long SpaceLimit = 1L << 20;

    /// <inheritdoc cref="SpaceLimit" />
    public const long NumberLimit = 1L << NumberBits;

    private const int NumberBits = 27;
    private const ulong Mask = (1UL << 47) - 1;
    private const ulong First = 0x2545F4914F6DUL;
    private const ulong Second = 0x5851F42D4C95UL;
    private const string Letters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    private static readonly ulong FirstInverse = Inverse(First);
    private static readonly ulong SecondInverse = Inverse(Second);

    /// <summary>The text of the pair.</summary>
    public static string Write(long space, long number)
    {
        if (space is < 0 or >= SpaceLimit || number is < 0 or >= NumberLimit)
        {
            throw new InvalidOperationException(
                $"Ids are used up: space {space} of {SpaceLimit}, number {number} of {NumberLimit}. Create a new space, or start a new data folder.");
        }

        var value = Mix(((ulong)space << NumberBits) | (ulong)number);
        Span<char> text = stackalloc char[Length];
        for (var i = Length - 1; i >= 0; i--)
        {
            text[i] = Letters[(int)(value % 62)];
            value /= 62;
        }

        return new string(text);
    }

    /// <summary>The pair behind a text; false when no pair gives this text.</summary>
    public static bool TryRead(ReadOnlySpan<char> text, out long space, out long number)
    {
        space = number = 0;
        if (text.Length != Length)
        {
            return false;
        }

        ulong value = 0;
        foreach (var letter in text)
        {
            var digit = Digit(letter);
            if (digit < 0)
            {
                return false;
            }

            value = (value * 62) + (ulong)digit;
        }

        if (value > Mask)
        {
            return false;
        }

        value = Unmix(value);
        space = (long)(value >> NumberBits);
        number = (long)(value & (NumberLimit - 1));
        return true;
    }

    private static ulong Mix(ulong value)
    {
        value = Fold(value);
        value = Fold((value * First) & Mask);
        return Fold((value * Second) & Mask);
    }

    private static ulong Unmix(ulong value)
    {
        value = (Unfold(value) * SecondInverse) & Mask;
        value = (Unfold(value) * FirstInverse) & Mask;
        return Unfold(value);
    }

    private static ulong Fold(ulong value) => value ^ (value >> 23);

    private static ulong Unfold(ulong value) => value ^ (value >> 23) ^ (value >> 46);

    private static int Digit(char letter) => letter switch
    {
        >= '0' and <= '9' => letter - '0',
        >= 'A' and <= 'Z' => letter - 'A' + 10,
        >= 'a' and <= 'z' => letter - 'a' + 36,
        _ => -1,
    };

    /// <summary>Newton's iteration doubles the correct bits: five rounds from three bits are enough for 64.</summary>
    private static ulong Inverse(ulong odd)
    {
        var inverse = odd;
        for (var round = 0; round < 6; round++)
        {
            inverse *= 2 - (odd * inverse);
        }

        return inverse;
    }
}
