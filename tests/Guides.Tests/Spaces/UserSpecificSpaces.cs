using System.Text.Json.Nodes;
using Flatfile.Api;
using Guides.Tests.Support;

namespace Guides.Tests.Spaces;

/// <summary>Create dedicated spaces for individual users.</summary>
public sealed class UserSpecificSpaces
{
    [Fact]
    public async Task The_typed_client_creates_a_space_one_user_owns()
    {
        await using var server = await GuideServer.StartAsync();

        var space = await server.Client.Spaces.CreateAsync(new SpaceConfig
        {
            Name = "john@example.com's Import",
            GuestAccess = false,
            Users = [new SpaceUser { Email = "john@example.com", Role = "owner" }],
            Workbook = Blueprints.CustomerWorkbook,
            Metadata = new JsonObject { ["userId"] = "user-17", ["type"] = "user-specific" },
        });

        var owner = Assert.Single(space.Users!);
        Assert.Equal(("john@example.com", "owner"), (owner.Email, owner.Role));
        Assert.Empty(space.GuestAuthentication);
        Assert.Null(space.GuestLink);
        Assert.Equal("user-specific", (string?)space.Metadata!["type"]);
    }

    [Fact]
    public async Task Raw_HTTP_lists_the_owner_as_a_member()
    {
        await using var server = await GuideServer.StartAsync();
        var space = (await server.RawAsync(
            "POST", "spaces", """{"name":"john@example.com's Import","guestAccess":false,"users":[{"email":"john@example.com","role":"owner"}]}"""))["data"]!;

        var members = (await server.RawAsync("GET", $"spaces/{space["id"]}"))["data"]!["users"]!.AsArray();

        Assert.Equal("john@example.com", (string?)Assert.Single(members)!["email"]);
        Assert.Null(space["guestLink"]);
    }
}
