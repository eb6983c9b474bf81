using Flatfile.Agent.Handlers.Reading;

namespace Flatfile.Agent.Handlers.Json;

/// <summary>The first pass over a JSON file: which tables it holds, and their columns.</summary>
/// <param name="Layout">How the records stand in the file.</param>
/// <param name="Path">Where they stand, if a person says so or they stand under names of their own.</param>
/// <param name="Tables">What was learnt of each table, in the walker's order.</param>
/// <param name="Paths">Where each stands.</param>
/// <param name="Beside">Names of values that belong to no table.</param>
/// <param name="IsLenient">There are comments, or commas behind the last member.</param>
internal sealed record JsonSurvey(
    JsonLayout Layout, JsonPath? Path, IReadOnlyList<JsonTableFacts> Tables, IReadOnlyList<string> Paths, IReadOnlyList<string> Beside, bool IsLenient)
{
    /// <summary>Reads the whole file once.</summary>
    /// <param name="open">A source from the file's start.</param>
    /// <param name="isLines">Each line is a value.</param>
    /// <param name="path">Where a person says the records stand.</param>
    /// <param name="separator">Between names of a column's path.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="UnreadableFileException">It is no JSON before the first record, or has too many columns.</exception>
    public static async Task<JsonSurvey> RunAsync(Func<JsonSource> open, bool isLines, JsonPath? path, string separator, CancellationToken cancellationToken)
    {
        if (isLines && path is null)
        {
            return await WalkAsync(open(), JsonLayout.Lines, null, separator, cancellationToken) ?? throw new InvalidOperationException("Lines are not followed by values.");
        }

        var document = await WalkAsync(open(), JsonLayout.Document, path, separator, cancellationToken);
        if (document is not null && (path is not null || document.HasTables))
        {
            return document;
        }

        if (document is not null && await WalkAsync(open(), JsonLayout.Document, JsonPath.AnyMember, separator, cancellationToken) is { Tables: [{ IsDictionary: true }] } dictionary)
        {
            return dictionary;
        }

        return (await WalkAsync(open(), JsonLayout.Values, null, separator, cancellationToken))!;
    }

    /// <summary>Tables inside an object count when they hold objects or arrays; the file's own array always.</summary>
    private bool HasTables => Tables.Where((t, i) => t.Shape != JsonShape.Scalars || Paths[i].Length == 0).Any();

    /// <returns>Null when a document turns out to be followed by further values.</returns>
    private static async Task<JsonSurvey?> WalkAsync(JsonSource source, JsonLayout layout, JsonPath? path, string separator, CancellationToken cancellationToken)
    {
        var walker = new JsonWalker(source, layout, path);
        var tables = new List<JsonTableFacts>();
        while (await NextAsync(walker, tables, cancellationToken))
        {
            while (tables.Count <= walker.Table)
            {
                tables.Add(new JsonTableFacts(separator));
            }

            if (walker.Fault is null)
            {
                tables[walker.Table].Learn(walker.Record.Span, walker.Number, walker.Options);
            }
        }

        if (walker.HasMoreValues && path is null)
        {
            return null;
        }

        while (tables.Count < walker.Tables.Count)
        {
            tables.Add(new JsonTableFacts(separator));
        }

        return new JsonSurvey(layout, path, tables, walker.Tables, walker.Beside, source.IsLenient);
    }

    /// <summary>
    /// A fault behind the first record ends the first pass in peace: the second pass meets it again, after the records before it. Too many tables
    /// are too many from the start.
    /// </summary>
    private static async ValueTask<bool> NextAsync(JsonWalker walker, List<JsonTableFacts> tables, CancellationToken cancellationToken)
    {
        try
        {
            return await walker.NextAsync(cancellationToken);
        }
        catch (UnreadableFileException) when (tables.Count > 0 && walker.Tables.Count < TableLimits.Tables)
        {
            return false;
        }
    }
}
