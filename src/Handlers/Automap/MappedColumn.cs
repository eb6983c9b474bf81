using Flatfile.Api;

namespace Flatfile.Agent.Handlers.Automap;

/// <summary>One column of a file and the field it goes to, or may go to.</summary>
/// <param name="From">The column.</param>
/// <param name="To">The field.</param>
/// <param name="Closeness">How the names agree.</param>
/// <param name="Confidence">0 to 1.</param>
/// <param name="Reason">Why, as a sentence without its point.</param>
internal sealed record MappedColumn(Property From, Property To, NameCloseness Closeness, double Confidence, string Reason)
{
    public string FromName => From.Label ?? From.Key;
}
