using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using Flatfile.Agent.Host.Commands;
using Flatfile.Agent.Host.Serving;
using Flatfile.Agent.Host.Wiring;

namespace Flatfile.Agent.Host.Doctoring;

/// <summary>Whether Flatfile answers, how far its clock is from ours, and what the key may.</summary>
internal sealed class FlatfileCheck(HostSettings settings, TimeProvider time) : IDoctorCheck
{
    private static readonly TimeSpan ClockMayDiffer = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ClockMustNotDiffer = TimeSpan.FromMinutes(2);

    private static readonly (string Path, string Right)[] Rights =
    [
        ("environments?pageSize=1", "read environments"), ("spaces?pageSize=1", "read spaces"), ("events?pageSize=1", "read events"), ("jobs?pageSize=1", "read jobs"),
    ];

    public string Subject => "Flatfile";

    public bool IsUsed => true;

    public async Task<IReadOnlyList<DoctorFinding>> LookAsync(CancellationToken cancellationToken)
    {
        if (LiveFlatfile.Find(settings) is not { } flatfile)
        {
            return [new DoctorFinding(DoctorLevel.Good, "Spaces is served here by ./agent, which does not run now: nothing to ask.")];
        }

        var root = flatfile.Url.TrimEnd('/');
        using var client = new HttpClient { BaseAddress = new Uri((root.EndsWith("/v1", StringComparison.Ordinal) ? root : root + "/v1") + "/") };
        if (string.IsNullOrEmpty(flatfile.Key))
        {
            return [new DoctorFinding(DoctorLevel.Bad, $"There is no key for {flatfile.Url}.", "Set Agent:Flatfile:ApiKey, or FLATFILE_API_KEY, to a secret key of the environment.")];
        }

        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", flatfile.Key);
        var findings = new List<DoctorFinding>();
        foreach (var (path, right) in Rights)
        {
            if (!await AskAsync(client, flatfile.Url, path, right, findings, cancellationToken))
            {
                break;
            }
        }

        return findings;
    }

    /// <summary>Returns false when nothing more can be learnt.</summary>
    private async Task<bool> AskAsync(HttpClient client, string url, string path, string right, List<DoctorFinding> findings, CancellationToken cancellationToken)
    {
        HttpResponseMessage answer;
        var asked = time.GetUtcNow();
        var began = time.GetTimestamp();
        try
        {
            answer = await client.GetAsync(path, cancellationToken);
        }
        catch (HttpRequestException fault)
        {
            findings.Add(new DoctorFinding(DoctorLevel.Bad, $"{url} does not answer: {fault.Message}", "Check Agent:Flatfile:ApiUrl (FLATFILE_API_URL), and the way there: proxy, firewall, name."));
            return false;
        }

        using (answer)
        {
            var took = time.GetElapsedTime(began);
            if (findings.Count == 0)
            {
                findings.Add(new DoctorFinding(DoctorLevel.Good, string.Create(CultureInfo.InvariantCulture, $"{url} answers, in {took.TotalMilliseconds:0} ms.")));
                AddClock(answer, asked, took, findings);
            }

            switch ((int)answer.StatusCode)
            {
                case 401:
                    findings.Add(new DoctorFinding(DoctorLevel.Bad, "The key was refused (401).", "Set Agent:Flatfile:ApiKey (FLATFILE_API_KEY) to a secret key of that server that is still valid."));
                    return false;
                case 403:
                    findings.Add(new DoctorFinding(DoctorLevel.Bad, $"The key may not {right} (403).", "Use a secret key of the environment: handlers need this right."));
                    return true;
                case 404 or 501:
                    findings.Add(new DoctorFinding(DoctorLevel.Warning, $"To {right} is unknown there ({(int)answer.StatusCode}).", "Check that the address is that of Flatfile's API, such as https://platform.flatfile.com/api."));
                    return true;
                case >= 500:
                    findings.Add(new DoctorFinding(DoctorLevel.Bad, $"To {right} failed there ({(int)answer.StatusCode}).", "Look at Flatfile's status; the agent tries again by itself."));
                    return true;
                case >= 200 and < 300 when !await IsJsonAsync(answer, cancellationToken):
                    findings.Add(new DoctorFinding(DoctorLevel.Bad, $"What answers at {url} is not Flatfile: no JSON came.", "Check the address; it may be that of the web site instead of the API."));
                    return false;
                case >= 200 and < 300:
                    findings.Add(new DoctorFinding(DoctorLevel.Good, $"The key may {right}."));
                    return true;
                default:
                    findings.Add(new DoctorFinding(DoctorLevel.Warning, $"To {right} was answered with {(int)answer.StatusCode}."));
                    return true;
            }
        }
    }

    private static void AddClock(HttpResponseMessage answer, DateTimeOffset asked, TimeSpan took, List<DoctorFinding> findings)
    {
        if (answer.Headers.Date is not { } theirs)
        {
            return;
        }

        // Their time has whole seconds and was taken somewhere between question and answer.
        var middle = asked + (took / 2);
        var apart = (theirs.AddSeconds(0.5) - middle).Duration();
        findings.Add(apart <= ClockMayDiffer
            ? new DoctorFinding(DoctorLevel.Good, "Its clock and ours agree.")
            : new DoctorFinding(
                apart > ClockMustNotDiffer ? DoctorLevel.Bad : DoctorLevel.Warning,
                string.Create(CultureInfo.InvariantCulture, $"Its clock is {apart.TotalSeconds:0} s {(theirs > middle ? "ahead of" : "behind")} ours."),
                "Let the clock of this machine be set by NTP: signatures, leases and reading by time depend on it."));
    }

    private static async Task<bool> IsJsonAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        try
        {
            using var document = JsonDocument.Parse(await answer.Content.ReadAsByteArrayAsync(cancellationToken));
            return document.RootElement.ValueKind == JsonValueKind.Object;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
