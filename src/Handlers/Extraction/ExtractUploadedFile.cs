using System.Net;
using Flatfile.Agent.Handlers.Reading;
using Flatfile.Api;
using Microsoft.Extensions.Logging;

namespace Flatfile.Agent.Handlers.Extraction;

/// <summary>Starts the job <c>file:extract</c> for every uploaded file of a kind that is read.</summary>
[Handler("flatfile/extract-uploaded-file")]
[On(Topics.FileCreated)]
internal sealed partial class ExtractUploadedFile(FlatfileClient client) : IEventHandler
{
    public async Task HandleAsync(EventContext context, CancellationToken cancellationToken)
    {
        if (context.Event.Context.FileId is not { } fileId || await FileAsync(fileId, cancellationToken) is not { } file || file.Mode == "export")
        {
            return;
        }

        if (!FileFormats.Knows(file.Name))
        {
            LeftAlone(context.Logger, file.Name);
            return;
        }

        var job = new JobConfig { Type = "file", Operation = "extract", Source = fileId, Trigger = JobTrigger.Immediate, Mode = "background" };
        await client.Jobs.CreateAsync(job, new RequestOptions { IdempotencyKey = $"{context.Event.Id}:extract" }, cancellationToken);
    }

    /// <summary>Null when the file is gone again.</summary>
    private async Task<FlatfileFile?> FileAsync(string fileId, CancellationToken cancellationToken)
    {
        try
        {
            return await client.Files.GetAsync(fileId, cancellationToken);
        }
        catch (FlatfileApiException fault) when (fault.Status == HttpStatusCode.NotFound)
        {
            return null;
        }
    }
}
