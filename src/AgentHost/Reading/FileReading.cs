using Flatfile.Agent.Handlers.Reading;
using Flatfile.Agent.Host.Faults;
using Flatfile.Agent.Host.Importing;
using Flatfile.Agent.Host.Output;

namespace Flatfile.Agent.Host.Reading;

/// <summary>Reads a file of this machine to its end and shows what came of it.</summary>
internal static class FileReading
{
    public static async Task<int> RunAsync(ReadRequest request, CancellationToken cancellationToken)
    {
        var file = new FileInfo(ImportFile.CheckAll([request.File])[0].Path);
        await using var tables = await OpenAsync(file, request.Options, cancellationToken);
        var report = new ReadReport(file.Name, tables.Format, tables);
        await using var csv = request.Form == ReadForm.Csv ? new CsvOutput(Console.OpenStandardOutput()) : null;
        try
        {
            while (await tables.NextTableAsync(cancellationToken) is { } table)
            {
                var shown = report.Begin(table);
                var isFirst = report.Tables.Count == 1;
                if (isFirst)
                {
                    csv?.Write(table.Labels);
                }

                while (await table.ReadAsync(cancellationToken))
                {
                    shown.Count();
                    if (isFirst && table.Refusal is null)
                    {
                        csv?.Write(table, table.Labels.Count);
                    }
                }
            }
        }
        catch (UnreadableFileException fault)
        {
            report.Fault = fault.Message;
        }

        switch (request.Form)
        {
            case ReadForm.Json:
                Console.Out.WriteLine(PrintedJson.Indented(report.ToJson()));
                break;
            case ReadForm.Screen:
                ReadTable.Write(Screen.Out(), report);
                break;
            case ReadForm.Csv when report.Fault is { } fault:
                await Console.Error.WriteLineAsync($"error: {file.Name}: {fault}");
                break;
        }

        return report.IsWhole ? ExitCodes.Done : ExitCodes.Failed;
    }

    private static async Task<ITableFile> OpenAsync(FileInfo file, ReadOptions options, CancellationToken cancellationToken)
    {
        var stream = new FileStream(file.FullName, new FileStreamOptions { Options = FileOptions.Asynchronous | FileOptions.SequentialScan, BufferSize = 0 });
        try
        {
            return await FileFormats.OpenAsync(await FileContent.OpenAsync(stream, file.Name, file.Length, cancellationToken), options, cancellationToken);
        }
        catch (UnreadableFileException fault)
        {
            throw new UserFault($"{file.Name} cannot be read.", fault.Message, "Nothing was changed.", inner: fault);
        }
    }
}
