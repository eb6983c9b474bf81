using System.Text.Json;
using Flatfile.Agent.Host.Faults;
using Flatfile.Agent.Host.Output;
using Flatfile.Agent.Host.Serving;
using Flatfile.Api;

namespace Flatfile.Agent.Host.Importing;

/// <summary>The command's course: look at the files, find a server, run, report.</summary>
internal static class Import
{
    private const int Servers = 5;

    public static async Task<int> RunAsync(ImportRequest request, CancellationToken stop)
    {
        var files = ImportFile.CheckAll(request.Files);
        var screen = request.Json ? Screen.Error() : Screen.Out();
        var report = await LiveImportView.WatchAsync(screen, request.Json, view => RunAsync(request, files, view, stop));
        if (request.Json)
        {
            await using var output = Console.OpenStandardOutput();
            await JsonSerializer.SerializeAsync(output, report, HostJson.Default.ImportReport, stop);
            output.WriteByte((byte)'\n');
        }
        else
        {
            ImportTable.Write(screen, report);
        }

        return report.ExitCode;
    }

    /// <summary>A server lent by another process may stop in the middle; the import then goes on with the next one, where it was.</summary>
    private static async Task<ImportReport> RunAsync(ImportRequest request, IReadOnlyList<ImportFile> files, IImportView view, CancellationToken stop)
    {
        for (var server = 1; ; server++)
        {
            await using var target = await ImportTarget.ChooseAsync(new ServerChoice(request.Settings, request.To, request.Key, "--to"), TimeProvider.System, stop);
            try
            {
                return await new ImportRun(target.Client, view, TimeProvider.System).RunAsync(target.Url, request.Space, files, stop);
            }
            catch (FlatfileApiException fault) when (target.IsBorrowed && fault.Code == FlatfileErrorCode.Unreachable && server < Servers)
            {
                view.Show("server", target.Url, 100, "has stopped; looking for the next one");
            }
            catch (FlatfileApiException fault)
            {
                throw Explain(fault, target.Url);
            }
        }
    }

    private static UserFault Explain(FlatfileApiException fault, string url) => fault.Code switch
    {
        FlatfileErrorCode.Unauthorized or FlatfileErrorCode.Forbidden => new UserFault(
            $"{(int)fault.Status!}: the key was refused by {url}.", "It is not a secret key of that server.", "Give the right one with --key KEY.", inner: fault),
        FlatfileErrorCode.Unreachable => new UserFault(
            $"No server answers at {url}.", fault.InnerException?.Message ?? fault.Message, "Check the address, and that the server runs; then start again: the import goes on where it was.", inner: fault),
        FlatfileErrorCode.BadAnswer or FlatfileErrorCode.NotFound => new UserFault(
            $"What answers at {url} is not Flatfile.", fault.Message, "Check the address.", inner: fault),
        _ => new UserFault($"The server at {url} failed.", fault.Message, "Start again: the import goes on where it was.", ExitCodes.Failed, fault),
    };
}
