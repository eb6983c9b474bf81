using Flatfile.Agent.Handlers.Reading;

namespace Flatfile.Agent.Handlers.Json;

/// <summary>Which of the arrays of a file are read as tables, what they are called, and what is said of it.</summary>
/// <param name="Names">Each table's name and its number in the survey, in the file's order.</param>
/// <param name="Decisions">What was chosen and what was left out.</param>
internal sealed record JsonTables(IReadOnlyList<(string Name, int Number)> Names, IReadOnlyList<ReadDecision> Decisions)
{
    /// <param name="survey">What the first pass found.</param>
    /// <param name="fileName">Without extension: the name of a table that is the file itself.</param>
    /// <param name="options">May name the tables.</param>
    /// <exception cref="UnreadableFileException">There is no record in the file, or none where the options look for them.</exception>
    public static JsonTables Choose(JsonSurvey survey, string fileName, ReadOptions options)
    {
        var numbers = Enumerable.Range(0, survey.Tables.Count).ToList();
        var holding = numbers.Where(n => IsTable(survey, n)).ToList();
        if (holding.Count == 0)
        {
            throw None(survey, options);
        }

        var names = TableChoice.Distinct(holding.Select(n => survey.Paths[n] is { Length: > 0 } path && survey.Path is null ? path : NameOf(options.RecordPath) ?? fileName));
        var choice = new TableChoice(options);
        choice.Check([.. names]);
        var taken = names.Zip(holding).Where(t => choice.Takes(t.First)).ToList();
        return new JsonTables(taken, [.. Decide(survey, options, numbers.Except(holding).Select(n => survey.Paths[n]))]);
    }

    private static bool IsTable(JsonSurvey survey, int number)
    {
        var facts = survey.Tables[number];
        return facts.Objects + facts.Arrays > 0 || (facts.Scalars > 0 && (survey.Paths[number].Length == 0 || survey.Tables.Count == 1));
    }

    /// <summary>The last name of a path; null when the path is the file itself.</summary>
    private static string? NameOf(string? recordPath) =>
        recordPath is null ? null : JsonPath.Parse(recordPath).Wanted.Split('.').LastOrDefault(p => p.Length > 0 && p != "*");

    private static IEnumerable<ReadDecision> Decide(JsonSurvey survey, ReadOptions options, IEnumerable<string> without)
    {
        if (options.RecordPath is { } path)
        {
            yield return new ReadDecision("recordPath", path, 1, "The reading option 'recordPath' says so.");
        }
        else
        {
            yield return survey.Layout switch
            {
                _ when survey.Path is { } any => new ReadDecision("recordPath", any.Text, 0.8, "The file is an object whose members are objects that are alike: each is a record, its name the column 'key'.") { IsNotable = true },
                JsonLayout.Lines => new ReadDecision("recordPath", "", 1, "Each line is a value of its own: a record."),
                JsonLayout.Values => new ReadDecision("recordPath", "", survey.Tables[0].Objects == 1 ? 0.8 : 1, "The file holds no array of records, so that each of its values is one."),
                _ when survey.Paths.Contains("") => new ReadDecision("recordPath", "", 1, "The file is an array, each element a record."),
                _ => new ReadDecision("recordPath", string.Join(", ", survey.Paths.Where((_, n) => IsTable(survey, n))), 0.9, "Each array of records outside any other array is a table."),
            };
        }

        if (survey.Beside.Concat(without).ToList() is { Count: > 0 } left)
        {
            var names = string.Join(", ", left);
            yield return new ReadDecision("leftOut", names, 0.9, $"Values beside the records were left out: {names}. Give the reading option 'recordPath' to read something else.") { IsNotable = true };
        }

        if (survey.IsLenient)
        {
            yield return new ReadDecision("comments", "passed over", 1, "The file has comments, or commas behind the last member, which strict JSON does not know.");
        }
    }

    private static UnreadableFileException None(JsonSurvey survey, ReadOptions options)
    {
        if (options.RecordPath is { } path)
        {
            return new UnreadableFileException($"The reading option 'recordPath' is '{path}', where this file has no records. Give names from the outside in, such as 'data.items', or leave the option out.");
        }

        return new UnreadableFileException(survey.Layout == JsonLayout.Lines
            ? "No line of this file is a JSON value. Check that each line holds one whole object, and upload the file again."
            : "This file is JSON but holds no records. Upload a file with an array of objects, such as [{\"name\": \"Ada\"}].");
    }
}
