using Flatfile.Spaces.Http;
using Flatfile.Spaces.Tests.Support;

namespace Flatfile.Spaces.Tests.Http;

public sealed class PathFoldingTests
{
    [Theory]
    [InlineData("/v1/spaces", "/v1/spaces")]
    [InlineData("/api/v1/spaces", "/v1/spaces")]
    [InlineData("//v1/spaces", "/v1/spaces")]
    [InlineData("/v1//spaces///x", "/v1/spaces/x")]
    [InlineData("/v1/v1/spaces", "/v1/spaces")]
    [InlineData("/api//v1/v1/v1/spaces/", "/v1/spaces")]
    [InlineData("/v1", "/v1")]
    [InlineData("/v1x/spaces", "/v1x/spaces")]
    [InlineData("/other//path/", "/other//path/")]
    [InlineData("/", "/")]
    public void PathsOfTheApiHaveOneForm(string path, string expected) => Assert.Equal(expected, PathFolding.Fold(path));

    [Theory]
    [InlineData("/v1/environments")]
    [InlineData("/api/v1/environments")]
    [InlineData("//v1/environments")]
    [InlineData("/v1/v1/environments")]
    [InlineData("/v1//environments/")]
    public async Task EveryFormAnswers(string path)
    {
        await using var server = await SpacesServer.StartAsync();

        using var response = await server.Client.GetAsync(server.Address.GetLeftPart(UriPartial.Authority) + path);

        Assert.Equal(200, (int)response.StatusCode);
    }
}
