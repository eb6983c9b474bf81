using Flatfile.Spaces.Tests.Support;

namespace Flatfile.Spaces.Tests.Storage;

/// <summary>A space's file has one gate for its writers: they wait for each other there, and none is told that the file is locked.</summary>
public sealed class ManyWritersTests
{
    private const int Writers = 8;
    private const int Pages = 25;

    [Fact]
    [Trait("Row", "F-05")]
    public async Task EightWritersOfOneSpaceAreAllAnsweredAndAllTheirRowsAreThere()
    {
        await using var server = await SpacesServer.StartAsync();
        var space = await server.SpaceAsync();
        var workbook = await server.DataAsync(
            "POST", "workbooks", $$"""{"name":"W","spaceId":"{{space}}","sheets":[{"name":"S","slug":"s","fields":[{"key":"n","type":"string"}]}]}""");
        var sheet = (string)workbook["sheets"]![0]!["id"]!;

        var answers = await Task.WhenAll(Enumerable.Range(0, Writers).Select(WriteAsync));

        Assert.All(answers.SelectMany(a => a), status => Assert.Equal(200, status));
        Assert.Equal(Writers * Pages, (int)(await server.DataAsync("GET", $"sheets/{sheet}/counts"))["counts"]!["total"]!);

        async Task<List<int>> WriteAsync(int writer)
        {
            var statuses = new List<int>();
            for (var page = 0; page < Pages; page++)
            {
                statuses.Add((await server.SendAsync("POST", $"sheets/{sheet}/records", $$$"""[{"n":{"value":"{{{writer}}}-{{{page}}}"}}]""")).Status);
                statuses.Add((await server.SendAsync("PATCH", $"spaces/{space}", $$"""{"displayOrder":{{page}}}""")).Status);
            }

            return statuses;
        }
    }
}
