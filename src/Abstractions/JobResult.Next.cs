using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;

namespace Flatfile.Agent;

public sealed partial record JobResult
{
    /// <summary>Leads to a resource.</summary>
    /// <param name="id">A space, workbook, sheet, file or document.</param>
    /// <param name="path">A place in it, such as <c>files</c>.</param>
    /// <param name="query">What narrows it down, such as <c>mode=export</c>.</param>
    /// <param name="label">What stands on the link.</param>
    /// <exception cref="ArgumentException">The id is empty.</exception>
    public JobResult ThenGoTo(string id, string? path = null, string? query = null, string? label = null) =>
        Then("id", label, ("id", Given(id)), ("path", path), ("query", query));

    /// <summary>Opens a link.</summary>
    /// <exception cref="ArgumentException">The address is neither http(s) nor a path that begins with a slash.</exception>
    public JobResult ThenOpen(string url, string? label = null) => Then("url", label, ("url", Address(url)));

    /// <summary>Downloads from an address.</summary>
    /// <exception cref="ArgumentException">The address is neither http(s) nor a path that begins with a slash.</exception>
    public JobResult ThenDownload(string url, string? fileName = null, string? label = null) => Then("download", label, ("url", Address(url)), ("fileName", fileName));

    /// <summary>Downloads files that are stored in Flatfile.</summary>
    /// <exception cref="ArgumentException">There is no file, or one without an id.</exception>
    public JobResult ThenFiles(IReadOnlyList<OutcomeFile> files, string? label = null)
    {
        ArgumentNullException.ThrowIfNull(files);
        if (files.Count == 0)
        {
            throw new ArgumentException("There is no file to download. Name one or more, or leave ThenFiles out.", nameof(files));
        }

        return Then("files", label, ("files", new JsonArray([.. files.Select(f => Filled(("fileId", Given(f.FileId, "files")), ("label", f.Label)))])));
    }

    /// <summary>Downloads one file that is stored in Flatfile.</summary>
    /// <exception cref="ArgumentException">The id is empty.</exception>
    public JobResult ThenFile(string fileId, string? label = null) => ThenFiles([new OutcomeFile(fileId, label)]);

    /// <summary>Stays where the person is.</summary>
    public JobResult ThenWait(bool? fade = null, bool? confetti = null) => Then("wait", null, ("fade", fade), ("confetti", confetti));

    /// <summary>Opens a snapshot of a sheet.</summary>
    /// <exception cref="ArgumentException">An id is empty.</exception>
    public JobResult ThenSnapshot(string snapshotId, string sheetId) => Then("snapshot", null, ("snapshotId", Given(snapshotId)), ("sheetId", Given(sheetId)));

    /// <summary>Offers to run the job again.</summary>
    public JobResult ThenRetry(string? label = null) => Then("retry", label);

    /// <summary>Shows a sheet without some of its columns.</summary>
    /// <exception cref="ArgumentException">The id is empty.</exception>
    public JobResult ThenView(string sheetId, IReadOnlyList<string> hiddenColumns, string? label = null) =>
        Then("view", label, ("sheetId", Given(sheetId)), ("hiddenColumns", Texts(hiddenColumns)));

    /// <summary>Drops the filters of sheets.</summary>
    /// <param name="sheetIds">Which; null for all.</param>
    /// <param name="label">What stands on the link.</param>
    public JobResult ThenClearFilters(IReadOnlyList<string>? sheetIds = null, string? label = null) =>
        Then("clearFilters", label, ("sheetIds", sheetIds is null ? null : Texts(sheetIds)));

    private JobResult Then(string type, string? label, params ReadOnlySpan<(string Name, JsonNode? Value)> members)
    {
        var next = Filled([("type", type), .. members, ("label", label)]);
        return Next is null ? this with { Next = next } : throw new InvalidOperationException("A job has one thing that follows. Keep one of the calls Then… and leave the other out.");
    }

    private static JsonObject Filled(params ReadOnlySpan<(string Name, JsonNode? Value)> members)
    {
        var filled = new JsonObject();
        foreach (var (name, value) in members)
        {
            if (value is not null)
            {
                filled[name] = value;
            }
        }

        return filled;
    }

    private static JsonArray Texts(IReadOnlyList<string> texts) => new([.. texts.Select(t => JsonValue.Create(t))]);

    private static string Given(string id, [CallerArgumentExpression(nameof(id))] string? name = null) =>
        string.IsNullOrWhiteSpace(id) ? throw new ArgumentException("The id is empty. Give the id of something that is there.", name) : id;

    private static string Address(string url) =>
        (url.StartsWith('/') && !url.StartsWith("//", StringComparison.Ordinal))
        || (Uri.TryCreate(url, UriKind.Absolute, out var address) && (address.Scheme == Uri.UriSchemeHttps || address.Scheme == Uri.UriSchemeHttp))
            ? url
            : throw new ArgumentException($"'{url}' cannot follow a job. Give an address that begins with https:// or http://, or a path that begins with a slash.", nameof(url));
}
