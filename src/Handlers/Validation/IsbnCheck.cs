namespace Flatfile.Agent.Handlers.Validation;

/// <summary>An International Standard Book Number of 10 or 13 digits with its check digit.</summary>
public sealed class IsbnCheck : ValueCheck
{
    /// <inheritdoc />
    public override string Name => "isbn";

    /// <inheritdoc />
    public override CheckResult Check(string value)
    {
        var text = value.Trim();
        if (text.StartsWith("ISBN", StringComparison.OrdinalIgnoreCase))
        {
            text = text[4..].TrimStart(':', ' ');
        }

        var isbn = string.Concat(text.Where(c => c is not ('-' or ' ' or '\u2010' or '\u2011' or '\u2013'))).ToUpperInvariant();
        if (isbn.Length is not (10 or 13) || !isbn[..^1].All(char.IsAsciiDigit) || !(char.IsAsciiDigit(isbn[^1]) || (isbn.Length == 10 && isbn[^1] == 'X')))
        {
            return new CheckResult($"'{value}' is no ISBN. It has 10 or 13 digits, such as 978-3-16-148410-0; the last of 10 may be an X.");
        }

        if (isbn.Length == 13 && !isbn.StartsWith("978", StringComparison.Ordinal) && !isbn.StartsWith("979", StringComparison.Ordinal))
        {
            return new CheckResult($"'{value}' has 13 digits, but an ISBN begins with 978 or 979. Perhaps it is the number of another article.");
        }

        return (isbn.Length == 13 ? IsRight13(isbn) : IsRight10(isbn)) ? Right(value, isbn) : new CheckResult($"The check digit of '{value}' does not fit: a digit is wrong or two are swapped. Compare it with the original.");
    }

    private static bool IsRight10(string isbn) => isbn.Select((c, i) => (10 - i) * (c == 'X' ? 10 : c - '0')).Sum() % 11 == 0;

    private static bool IsRight13(string isbn) => isbn.Select((c, i) => (i % 2 == 0 ? 1 : 3) * (c - '0')).Sum() % 10 == 0;
}
