using Flatfile.Api;

namespace Flatfile.Agent.Handlers.Automap;

/// <summary>One column of a file and the field it goes to.</summary>
/// <param name="From">The column.</param>
/// <param name="To">The field.</param>
/// <param name="Closeness">How the names agree.</param>
internal sealed record MappedColumn(Property From, Property To, NameCloseness Closeness);
