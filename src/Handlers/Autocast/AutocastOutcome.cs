using System.Text.Json.Nodes;
using Flatfile.Agent.Handlers.Typing;
using Flatfile.Api;

namespace Flatfile.Agent.Handlers.Autocast;

/// <summary>What a person and a program are told of a run.</summary>
internal static class AutocastOutcome
{
    private const int MostFields = 10;

    public static JobResult Of(Sheet sheet, AutocastCheckpoint done)
    {
        var open = done.Fields.Where(f => f.Question is not null).ToList();
        var cast = done.Fields.Where(f => f.Cast > 0).ToList();
        return new JobResult(string.Join(' ', Sentences(sheet, done, cast, open)))
        {
            Heading = open.Count > 0 ? "Please answer" : "Texts cast",
            Info = open.Count > 0 ? Counted.Of(open.Count, "question", "questions") : $"{Counted.Of(done.Changed, "row", "rows")} changed",
            Acknowledge = open.Count > 0 ? true : null,
            Details = new JsonObject
            {
                ["sheetId"] = sheet.Id,
                ["rows"] = done.Rows,
                ["rowsChanged"] = done.Changed,
                ["fields"] = new JsonArray([.. done.Fields.Select(f => (JsonNode)Field(f))]),
                ["questions"] = new JsonArray([.. open.Select(f => (JsonNode)new JsonObject
                {
                    ["field"] = f.Key, ["option"] = f.Question!.Option, ["text"] = f.Question.Text, ["answers"] = new JsonArray([.. f.Question.Answers.Select(a => (JsonNode)JsonValue.Create(a))]),
                })]),
            },
        };
    }

    private static IEnumerable<string> Sentences(Sheet sheet, AutocastCheckpoint done, List<FieldCast> cast, List<FieldCast> open)
    {
        yield return cast.Count == 0
            ? $"No text of {sheet.Name} had to be changed in {Counted.Rows(done.Rows)}."
            : $"{Counted.Of(done.Changed, "row", "rows")} of {sheet.Name} changed: {string.Join(", ", cast.Take(MostFields).Select(f => $"{f.Name} ({Counted.Values(f.Cast)}{HowOf(f)})"))}. The texts stand beside the values.";
        foreach (var field in open.Take(MostFields))
        {
            yield return field.Question!.Text;
        }

        if (done.Fields.Where(f => f.Unreadable > 0).ToList() is { Count: > 0 } unreadable)
        {
            yield return $"These cannot be read and stay as they are: {string.Join(", ", unreadable.Take(MostFields).Select(f => $"{Counted.Values(f.Unreadable)} of {f.Name}, such as '{f.UnreadableExample}'"))}.";
        }
    }

    private static string HowOf(FieldCast field) => field.Reading is { } reading && field.Kind != FieldCastKind.Boolean ? $", {reading.Description}" : "";

    private static JsonObject Field(FieldCast field) => new()
    {
        ["field"] = field.Key,
        ["reading"] = field.Question is not null ? null : field.Reading?.Description,
        ["confidence"] = Math.Round(field.Confidence, 3),
        ["evidence"] = new JsonArray([.. field.Evidence.Select(e => (JsonNode)JsonValue.Create(e))]),
        ["cast"] = field.Cast,
        ["unreadable"] = field.Unreadable,
    };
}
