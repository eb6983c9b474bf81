using System.Net;
using System.Text.Json;
using Contracts.Support;
using Core.Tests.Drivers;
using Flatfile.Agent;
using Flatfile.Agent.Core.Startup;
using Flatfile.Agent.Core.Upkeep.Cleanup;
using Flatfile.Api;
using Microsoft.Extensions.Options;

namespace Core.Tests.Upkeep.Cleanup;

/// <summary>The real Spaces whose clock stood forty days back when its spaces were made, and cleanups that can die.</summary>
internal sealed class CleanupWorld : IAsyncDisposable
{
    private readonly TestFolder _folder = new();
    private readonly StoredContext.Kept _kept = new();

    private CleanupWorld(SpacesServer server, ShiftedTime time)
    {
        Server = server;
        SpacesTime = time;
        Client = NewClient(Wire);
    }

    public SpacesServer Server { get; }

    public ShiftedTime SpacesTime { get; }

    public Wire Wire { get; } = new();

    /// <summary>A client that sees no faults, for the test itself.</summary>
    public FlatfileClient Client { get; private set; }

    public AgentOptions Options { get; } = new();

    public DateTimeOffset Slot { get; set; } = TimeProvider.System.GetUtcNow();

    public string Exports => Path.Combine(_folder.Path, "exports");

    public static async Task<CleanupWorld> StartAsync(TimeSpan? back = null)
    {
        var time = new ShiftedTime(TimeProvider.System.GetUtcNow() - (back ?? TimeSpan.FromDays(40)));
        var world = new CleanupWorld(await SpacesServer.StartAsync(time: time), time);
        world.Client = world.NewClient(new SocketsHttpHandler());
        return world;
    }

    /// <summary>A completed space with one sheet and one file.</summary>
    public async Task<string> AddAsync(int records = 3, string? label = null, bool completed = true)
    {
        var space = await Client.Spaces.CreateAsync(new SpaceConfig { Name = "Import", Labels = label is null ? null : [label] });
        var workbook = await Client.Workbooks.CreateAsync(new WorkbookConfig
        {
            Name = "Data", SpaceId = space.Id, EnvironmentId = space.EnvironmentId,
            Sheets = [new SheetConfig { Name = "Rows", Slug = "rows", Fields = [new Property { Key = "name", Type = "string" }] }],
        });
        if (records > 0)
        {
            await Client.Records.InsertAsync(
                workbook.Sheets[0].Id, [.. Enumerable.Range(0, records).Select(i => new Dictionary<string, CellValue> { ["name"] = new() { Value = JsonSerializer.SerializeToElement($"row {i}") } })]);
        }

        await Client.Files.UploadAsync(space.Id, space.EnvironmentId, "in.csv", new MemoryStream("name\nrow\n"u8.ToArray()));
        if (completed)
        {
            await Client.Spaces.UpdateAsync(space.Id, new SpaceConfig { Status = SpaceStatus.Completed });
        }

        return space.Id;
    }

    public async Task<string> SheetOfAsync(string spaceId)
    {
        await foreach (var workbook in Client.Workbooks.ListAsync(spaceId))
        {
            return workbook.Sheets[0].Id;
        }

        throw new InvalidOperationException("no workbook");
    }

    /// <summary>One life of a cleanup in this slot.</summary>
    /// <param name="mode">What the person who asked said; null for what the settings say.</param>
    /// <param name="step">Told at every step; it may throw <see cref="Death"/>.</param>
    /// <param name="wire">Another way to the server.</param>
    public async Task<RecurringResult> RunAsync(string? mode = CleanupWork.Run, Func<string, Task>? step = null, Wire? wire = null)
    {
        var context = new StoredContext(_folder.Path, _kept, Slot, step ?? (_ => Task.CompletedTask));
        if (mode is not null)
        {
            context.Given[CleanupWork.Mode] = mode;
        }

        using var client = NewClient(wire ?? Wire);
        var work = new CleanupWork(client, Microsoft.Extensions.Options.Options.Create(Options), TimeProvider.System)
        {
            Step = step ?? (_ => Task.CompletedTask),
        };
        return await work.RunAsync(context, CancellationToken.None);
    }

    public async Task<bool> ExistsAsync(string spaceId)
    {
        try
        {
            await Client.Spaces.GetAsync(spaceId);
            return true;
        }
        catch (FlatfileApiException gone) when (gone.Status == HttpStatusCode.NotFound)
        {
            return false;
        }
    }

    /// <summary>A Flatfile that makes no archive itself, as the cloud.</summary>
    public void HasNoArchive() => Wire.Before = call => call.EndsWith("/export", StringComparison.Ordinal) ? NotFound() : null;

    public static HttpResponseMessage NotFound() => Answer(HttpStatusCode.NotFound, """{"errors":[{"key":"general","message":"no such operation"}]}""");

    public static HttpResponseMessage Answer(HttpStatusCode status, string json) =>
        new(status) { Content = new StringContent(json, System.Text.Encoding.UTF8, "application/json") };

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        Wire.Dispose();
        await Server.DisposeAsync();
        _folder.Dispose();
    }

    private FlatfileClient NewClient(HttpMessageHandler handler) =>
        new(new FlatfileClientOptions { BaseAddress = Server.Address, Token = Server.Key, MaxRetries = 0 }, handler);
}
