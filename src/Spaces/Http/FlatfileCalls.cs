namespace Flatfile.Spaces.Http;

/// <summary>Every call of Flatfile's API: path, a star for each id, and the methods it takes.</summary>
internal static class FlatfileCalls
{
    private const string List =
        """
        /accounts/current GET PATCH
        /actions POST GET
        /actions/* GET PATCH DELETE
        /actions/bulk POST
        /agent-exports GET
        /agent-exports/* GET DELETE
        /agent-exports/*/download GET
        /agents GET POST
        /agents/* GET DELETE
        /agents/*/logs GET
        /agents/*/roles GET POST
        /agents/*/roles/* DELETE
        /agents/*/versions GET
        /agents/*/versions/*/revert GET
        /agents/executions GET
        /agents/log/* GET
        /agents/logs GET
        /analysis GET POST DELETE
        /analysis/* GET DELETE
        /analysis/*/suggestions/* POST DELETE
        /apps GET POST
        /apps/* GET PATCH DELETE
        /apps/*/constraints GET POST
        /apps/*/constraints/* GET PATCH DELETE
        /apps/*/constraints/*/versions GET
        /apps/*/constraints/*/versions/* GET
        /auth POST
        /auth/api-key POST DELETE
        /auth/api-keys GET
        /auth/personal-access-tokens GET POST
        /auth/personal-access-tokens/* DELETE
        /auth/publishable-key GET
        /auth/refresh-token POST
        /auth/sftp-credentials GET
        /canvas-areas GET POST
        /canvas-areas/* GET PATCH DELETE
        /commits/* GET
        /commits/*/complete POST
        /commits/*/replay POST
        /data-clips POST GET
        /data-clips/* PATCH DELETE GET
        /data-clips/*/add-records POST
        /data-clips/*/refresh-resolutions PATCH
        /data-clips/*/resolutions GET PATCH
        /data-clips/*/resolutions/index GET
        /data-retention-policies GET POST
        /data-retention-policies/* GET PATCH DELETE
        /entitlements GET
        /environments GET POST
        /environments/* GET PATCH DELETE
        /environments/*/guides GET POST
        /environments/*/guides/* GET PATCH DELETE
        /environments/*/guides/*/versions/* GET
        /environments/subscription-token GET
        /events GET POST
        /events/* GET
        /events/*/ack POST
        /files GET POST
        /files/* GET DELETE PATCH
        /files/*/clone POST
        /files/*/download GET
        /files/detect-header POST
        /foreigndb/* POST GET DELETE
        /foreigndb/*/configure POST
        /foreigndb/*/storage POST
        /guests GET POST
        /guests/* GET DELETE PATCH
        /guests/*/roles GET POST
        /guests/*/roles/* DELETE
        /guests/*/token GET
        /internal/spaces/init POST
        /invitations POST
        /invitations/exchange POST
        /jobs GET POST
        /jobs/* GET PATCH DELETE
        /jobs/*/ack POST
        /jobs/*/cancel POST
        /jobs/*/complete POST
        /jobs/*/execute POST
        /jobs/*/fail POST
        /jobs/*/outcome/ack POST
        /jobs/*/plan GET PUT PATCH
        /jobs/*/retry POST
        /jobs/*/split POST
        /jobs/preview-mutation POST
        /mapping POST DELETE GET
        /mapping/* GET PATCH DELETE
        /mapping/*/rules POST DELETE GET PATCH
        /mapping/*/rules/* GET PATCH DELETE
        /onboardings POST GET
        /onboardings/* GET DELETE
        /onboardings/*/datapoints POST GET
        /onboardings/*/datapoints/* GET PATCH DELETE
        /onboardings/*/progress PUT
        /onboardings/*/status GET
        /prompts GET POST
        /prompts/* GET PATCH DELETE
        /roles GET
        /routines GET POST
        /routines/* GET PATCH DELETE
        /runbooks GET POST
        /runbooks/* GET PATCH DELETE
        /secrets GET POST
        /secrets/* DELETE
        /sheets GET
        /sheets/* GET DELETE PATCH
        /sheets/*/calculations GET
        /sheets/*/cells GET
        /sheets/*/commits GET
        /sheets/*/counts GET
        /sheets/*/download GET
        /sheets/*/duplicate POST
        /sheets/*/fields POST
        /sheets/*/fields/* DELETE
        /sheets/*/find-replace PUT
        /sheets/*/lock POST
        /sheets/*/records GET PUT POST DELETE
        /sheets/*/records/bulk-update PATCH
        /sheets/*/records/indices GET
        /sheets/*/unlock POST
        /sheets/*/validate POST
        /snapshots POST GET
        /snapshots/* GET DELETE
        /snapshots/*/records GET
        /snapshots/*/restore POST
        /spaces GET POST DELETE
        /spaces/* GET DELETE PATCH
        /spaces/*/archive POST
        /spaces/*/documents GET POST
        /spaces/*/documents/* GET PATCH DELETE
        /spaces/*/drafts POST GET
        /spaces/*/drafts/*/merge GET POST
        /spaces/*/guidance POST GET
        /spaces/*/guidance/* GET PATCH DELETE
        /spaces/*/unarchive POST
        /spaces/*/upgrade POST
        /spaces/*/usage GET
        /spaces/*/users GET POST
        /spaces/*/users/* PATCH DELETE
        /subscription GET
        /threads POST GET
        /threads/* GET PUT DELETE
        /threads/*/messages POST GET
        /threads/*/messages/* GET PUT DELETE
        /transformations GET POST
        /transformations/* PUT DELETE
        /users GET
        /users/* PATCH GET DELETE
        /users/*/api-token GET POST
        /users/*/resend-invite POST
        /users/*/roles GET POST
        /users/*/roles/* DELETE
        /users/invite POST
        /versions POST
        /views GET POST
        /views/* GET PATCH DELETE
        /workbooks GET POST
        /workbooks/* GET DELETE PATCH
        /workbooks/*/commits GET
        /workbooks/*/flags POST GET
        /workbooks/*/flags/* GET PATCH DELETE
        /workbooks/*/flags/bulk-mutate POST
        /workbooks/*/rebuild POST
        """;

    private static readonly (string[] Path, string[] Methods)[] Calls =
        [.. List.Split('\n').Select(line => line.Trim().Split(' ')).Select(words => (words[0].Trim('/').Split('/'), words[1..]))];

    /// <summary>Whether Flatfile has this call.</summary>
    public static bool Has(string method, string path)
    {
        var segments = path.Trim('/').Split('/');
        return Calls.Any(call => call.Methods.Contains(method) && Fits(call.Path, segments));
    }

    private static bool Fits(string[] pattern, string[] segments) =>
        pattern.Length == segments.Length && pattern.Zip(segments).All(pair => pair.First == "*" || pair.First == pair.Second);
}
