using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using Core.Tests.Support;
using Flatfile.Agent;
using Flatfile.Agent.Core.Dispatch;
using Flatfile.Api;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Core.Tests.Dispatch;

public sealed class EventRecordsTests : IAsyncLifetime
{
    private const string Url = "v1/sheets/us_sh_1/records?commitId=us_vr_1&includeMessages=true";

    private readonly List<string> _calls = [];
    private TestServer _server = null!;
    private FlatfileClient _client = null!;
    private int _rows = 3;
    private string? _written;

    public async Task InitializeAsync()
    {
        _server = await TestServer.StartAsync(Map);
        _client = new FlatfileClient(new FlatfileClientOptions { BaseAddress = _server.Address, Token = "sk", CompressRows = true });
    }

    public async Task DisposeAsync()
    {
        _client.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Rows_are_read_page_by_page_to_the_end()
    {
        _rows = 20_500;
        var pages = new List<int>();
        var ids = new HashSet<string>();
        await foreach (var page in Records(Url).ReadPagesAsync(CancellationToken.None))
        {
            pages.Add(page.Count);
            ids.UnionWith(page.Select(r => r.Id));
        }

        Assert.Equal([10_000, 10_000, 500], pages);
        Assert.Equal(20_500, ids.Count);
    }

    [Fact]
    public async Task An_event_that_names_its_page_is_read_as_it_says()
    {
        await foreach (var page in Records(Url + "&pageSize=2&pageNumber=2").ReadPagesAsync(CancellationToken.None))
        {
            Assert.Equal("us_rc_2", Assert.Single(page).Id);
        }

        Assert.Single(_calls);
    }

    [Fact]
    public async Task An_event_without_rows_yields_none()
    {
        var records = Records(null);
        await foreach (var _ in records.ReadPagesAsync(CancellationToken.None))
        {
            Assert.Fail("There are no rows.");
        }

        Assert.False(records.Available);
        Assert.Empty(_calls);
    }

    [Fact]
    public async Task Only_changed_rows_are_written_back_compressed()
    {
        var records = Records(Url);
        var written = 0;
        await foreach (var page in records.ReadPagesAsync(CancellationToken.None))
        {
            page[1].Set("name", "new");
            written = await records.UpdateAsync(page, CancellationToken.None);
        }

        Assert.Equal(1, written);
        Assert.Equal("""[{"id":"us_rc_1","values":{"name":{"value":"new","messages":[]}},"metadata":{},"config":{}}]""", _written);
    }

    [Fact]
    public async Task Nothing_is_written_when_nothing_changed()
    {
        var records = Records(Url);
        await foreach (var page in records.ReadPagesAsync(CancellationToken.None))
        {
            Assert.Equal(0, await records.UpdateAsync(page, CancellationToken.None));
        }

        Assert.Null(_written);
    }

    [Theory]
    [InlineData(true, false, 1)] // tracks changes, nothing written
    [InlineData(true, true, 0)] // the write-back completes the commit itself
    [InlineData(false, false, 0)] // nobody waits for the commit
    public async Task The_commit_is_completed_only_when_somebody_waits_and_nothing_was_written(bool tracks, bool writes, int completions)
    {
        var records = Records(Url, tracks);
        await foreach (var page in records.ReadPagesAsync(CancellationToken.None))
        {
            if (writes)
            {
                page[0].Set("name", "new");
                await records.UpdateAsync(page, CancellationToken.None);
            }
        }

        await records.CompleteAsync(CancellationToken.None);

        Assert.Equal(completions, _calls.Count(c => c == "POST /v1/commits/us_vr_1/complete"));
    }

    [Fact]
    public async Task A_data_url_to_another_place_is_refused()
    {
        var records = Records("//evil.example/v1/steal");

        await Assert.ThrowsAsync<ForeignAddressException>(async () =>
        {
            await foreach (var _ in records.ReadPagesAsync(CancellationToken.None))
            {
            }
        });
    }

    private EventRecords Records(string? url, bool tracks = true)
    {
        var dataUrl = url is null ? string.Empty : $",\"dataUrl\":\"{url}\"";
        var json = $$"""{"id":"us_evt_1","topic":"commit:created","context":{"commitId":"us_vr_1"},"payload":{"trackChanges":{{(tracks ? "true" : "false")}}}{{dataUrl}}}""";
        return new EventRecords(FlatfileEvent.Parse(Encoding.UTF8.GetBytes(json)), () => _client);
    }

    private void Map(WebApplication app)
    {
        app.MapGet("/v1/sheets/us_sh_1/records", (HttpRequest request) =>
        {
            _calls.Add("GET " + request.Path + request.QueryString);
            var size = int.Parse(request.Query["pageSize"]!, System.Globalization.CultureInfo.InvariantCulture);
            var number = int.Parse(request.Query["pageNumber"]!, System.Globalization.CultureInfo.InvariantCulture);
            var rows = Enumerable.Range(0, _rows).Skip((number - 1) * size).Take(size)
                .Select(i => $$$"""{"id":"us_rc_{{{i}}}","values":{"name":{"value":"old","messages":[]}},"metadata":{},"config":{}}""");
            return Results.Text("{\"data\":{\"success\":true,\"records\":[" + string.Join(',', rows) + "]}}", "application/json");
        });
        app.MapPut("/v1/sheets/us_sh_1/records", async (HttpRequest request) =>
        {
            Assert.Equal("gzip", request.Headers.ContentEncoding.ToString());
            using var reader = new StreamReader(new GZipStream(request.Body, CompressionMode.Decompress));
            _written = await reader.ReadToEndAsync();
            return Results.Json(new JsonObject { ["data"] = new JsonObject { ["success"] = true } });
        });
        app.MapPost("/v1/commits/us_vr_1/complete", (HttpRequest request) =>
        {
            _calls.Add("POST " + request.Path);
            return Results.Json(new JsonObject { ["data"] = new JsonObject { ["success"] = true } });
        });
    }
}
