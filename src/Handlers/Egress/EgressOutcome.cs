using System.Text.Json.Nodes;

namespace Flatfile.Agent.Handlers.Egress;

/// <summary>What a person and a program are told about an egress.</summary>
internal static class EgressOutcome
{
    public static JobResult Of(EgressCheckpoint done, string host, bool deleted, bool refusedToDelete)
    {
        var (sent, rejected, unknown) = (done.Sheets.Sum(s => s.Sent), done.Sheets.Sum(s => s.Rejected), done.Sheets.Sum(s => s.Unknown));
        var result = new JobResult(string.Join(' ', Sentences()))
        {
            Heading = rejected > 0 ? "Some rows were rejected" : "Submitted",
            Info = $"{sent:N0} rows sent",
            Acknowledge = true,
            Details = Details(done),
        };
        return rejected > 0 ? result.ThenGoTo(done.Sheets.First(s => s.Rejected > 0).SheetId, query: "filter=error", label: "See the rejected rows") : result;

        IEnumerable<string> Sentences()
        {
            yield return $"{sent:N0} rows were sent to {host}: {string.Join(", ", done.Sheets.Select(s => $"{s.Name} ({s.Sent:N0})"))}.";
            if (rejected > 0)
            {
                yield return $"{rejected:N0} of them were rejected: the reasons stand on their cells. Correct them and submit again.";
            }

            if (unknown > 0)
            {
                yield return $"{unknown:N0} rejections name records that were not sent and are left out.";
            }

            if (deleted)
            {
                yield return $"The {sent - rejected:N0} rows that were accepted are deleted here.";
            }

            if (refusedToDelete)
            {
                yield return "The receiver asked to delete the accepted rows, which the settings do not allow: they stay.";
            }

            if (done.Message is { Length: > 0 } message)
            {
                yield return $"{host} says: {message}";
            }
        }
    }

    /// <summary>What was done, also when it could not be ended.</summary>
    public static JsonObject Details(EgressCheckpoint done) => new()
    {
        ["rowsSent"] = done.Sheets.Sum(s => s.Sent),
        ["rowsRejected"] = done.Sheets.Sum(s => s.Rejected),
        ["messages"] = done.Sheets.Sum(s => s.Messages),
        ["sheets"] = new JsonArray([.. done.Sheets.Select(s => (JsonNode)new JsonObject
        {
            ["sheetId"] = s.SheetId, ["name"] = s.Name, ["rowsSent"] = s.Sent, ["rowsRejected"] = s.Rejected, ["messages"] = s.Messages,
        })]),
    };
}
