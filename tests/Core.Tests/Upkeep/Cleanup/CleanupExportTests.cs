using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Flatfile.Agent;
using Flatfile.Api;

namespace Core.Tests.Upkeep.Cleanup;

/// <summary>An export that is not whole deletes nothing.</summary>
public sealed class CleanupExportTests : IAsyncLifetime
{
    private CleanupWorld _world = null!;

    public async Task InitializeAsync() => _world = await CleanupWorld.StartAsync();

    public async Task DisposeAsync() => await _world.DisposeAsync();

    [Theory]
    [Trait("Row", "C-02")]
    [InlineData("fails", "500")]
    [InlineData("empty", "0 records came, and the server counts 3")]
    [InlineData("fewer", "2 records came, and the server counts 3")]
    [InlineData("doubled", "came before")]
    [InlineData("file", "bytes")]
    public async Task A_page_or_file_that_is_not_what_the_server_has_keeps_the_space(string fault, string why)
    {
        var space = await _world.AddAsync();
        _world.HasNoArchive();
        _world.Wire.After = async (call, answer) => await SpoilAsync(fault, call, answer);

        var result = await _world.RunAsync();

        Assert.True(await _world.ExistsAsync(space));
        Assert.Contains(why, Line(result)["why"]!.ToString(), StringComparison.Ordinal);
        Assert.Equal("kept", Line(result)["end"]!.ToString());
        Assert.DoesNotContain(_world.Wire.Calls, c => c.StartsWith("DELETE", StringComparison.Ordinal));
        Assert.Empty(Directory.GetFiles(_world.Exports, "*.zip"));

        // The next run, without the fault, exports it anew.
        _world.Wire.After = (_, answer) => Task.FromResult(answer);
        _world.Slot += TimeSpan.FromDays(7);
        Assert.Equal("deleted", Line(await _world.RunAsync())["end"]!.ToString());
    }

    [Fact]
    [Trait("Row", "C-02")]
    public async Task An_archive_of_the_server_that_is_cut_off_or_altered_keeps_the_space()
    {
        var space = await _world.AddAsync();
        foreach (var spoil in new Func<byte[], byte[]>[] { bytes => bytes[..(bytes.Length / 2)], bytes => Altered(bytes) })
        {
            _world.Wire.After = async (call, answer) =>
            {
                if (call.EndsWith("/export", StringComparison.Ordinal))
                {
                    answer.Content = new ByteArrayContent(spoil(await answer.Content.ReadAsByteArrayAsync()));
                }

                return answer;
            };
            var result = await _world.RunAsync();
            Assert.True(await _world.ExistsAsync(space));
            Assert.Equal("kept", Line(result)["end"]!.ToString());
            _world.Slot += TimeSpan.FromDays(7);
        }
    }

    [Fact]
    [Trait("Row", "C-02")]
    public async Task An_export_that_was_altered_in_the_folder_before_the_delete_keeps_the_space()
    {
        var space = await _world.AddAsync();
        var result = await _world.RunAsync(step: async name =>
        {
            if (name == "stored.Exported")
            {
                var path = Path.Combine(_world.Exports, space + ".zip");
                await File.WriteAllBytesAsync(path, Altered(await File.ReadAllBytesAsync(path)));
            }
        });

        Assert.True(await _world.ExistsAsync(space));
        Assert.Contains("not as it was written", Line(result)["why"]!.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [Trait("Row", "C-03")]
    [InlineData("chosen")]
    [InlineData("export.begin")]
    [InlineData("export.written")]
    [InlineData("export.verified")]
    [InlineData("export.named")]
    [InlineData("stored.Exported")]
    public async Task A_record_that_changes_at_any_moment_of_the_export_keeps_the_space(string moment)
    {
        var space = await _world.AddAsync();
        var sheet = await _world.SheetOfAsync(space);
        var record = (await _world.Client.Records.GetPageAsync(sheet, new RecordQuery())).Records[0];
        _world.SpacesTime.Move(TimeSpan.FromDays(35));
        var result = await _world.RunAsync(step: async name =>
        {
            if (name == moment)
            {
                await _world.Client.Records.UpdateAsync(
                    sheet, [new FlatfileRecordData { Id = record.Id, Values = new() { ["name"] = new CellValue { Value = JsonSerializer.SerializeToElement("late") } } }]);
            }
        });

        Assert.True(await _world.ExistsAsync(space));
        Assert.Equal("kept", Line(result)["end"]!.ToString());
    }

    [Fact]
    [Trait("Row", "C-03")]
    public async Task A_hold_that_is_put_on_after_the_space_was_chosen_holds()
    {
        var space = await _world.AddAsync();
        var result = await _world.RunAsync(step: async name =>
        {
            if (name == "stored.plan")
            {
                await _world.Client.Spaces.UpdateAsync(space, new SpaceConfig { Labels = ["hold"] });
            }
        });

        Assert.True(await _world.ExistsAsync(space));
        Assert.Contains("label 'hold'", Line(result)["why"]!.ToString(), StringComparison.Ordinal);
    }

    private static JsonNode Line(RecurringResult result) => Assert.Single(result.Details!["spaces"]!.AsArray())!;

    private static byte[] Altered(byte[] bytes)
    {
        // In the middle of the data of an entry, not in the directory at the end.
        bytes[bytes.Length / 2] ^= 0xFF;
        return bytes;
    }

    private static async Task<HttpResponseMessage> SpoilAsync(string fault, string call, HttpResponseMessage answer)
    {
        if (fault == "file" && call.EndsWith("/download", StringComparison.Ordinal))
        {
            answer.Content = new ByteArrayContent((await answer.Content.ReadAsByteArrayAsync())[1..]);
        }

        if (!call.EndsWith("/records", StringComparison.Ordinal) || fault == "file")
        {
            return answer;
        }

        if (fault == "fails")
        {
            return CleanupWorld.Answer(HttpStatusCode.InternalServerError, "{}");
        }

        var body = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        var records = body["data"]!["records"]!.AsArray();
        switch (fault)
        {
            case "empty":
                records.Clear();
                break;
            case "fewer" when records.Count > 0:
                records.RemoveAt(0);
                break;
            case "doubled" when records.Count > 0:
                records[1] = records[0]!.DeepClone();
                break;
        }

        return CleanupWorld.Answer(HttpStatusCode.OK, body.ToJsonString());
    }
}
