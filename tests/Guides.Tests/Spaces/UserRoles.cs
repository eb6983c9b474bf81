using System.Text.Json.Nodes;
using Flatfile.Api;
using Guides.Tests.Support;

namespace Guides.Tests.Spaces;

/// <summary>Control what users can do within a space.</summary>
public sealed class UserRoles
{
    [Theory]
    [InlineData("owner", 200, 200, 200, 200)]
    [InlineData("admin", 200, 200, 200, 403)]
    [InlineData("editor", 200, 200, 403, 403)]
    [InlineData("viewer", 200, 403, 403, 403)]
    public async Task Raw_HTTP_holds_every_member_to_its_role(string role, int read, int write, int manage, int delete)
    {
        await using var server = await GuideServer.StartAsync();
        var (space, sheet) = await CreateAsync(server);
        using var member = server.NewHttp(await People.SignInAsync(server, $"{role}@company.com"));

        await server.RawAsync("GET", $"sheets/{sheet}/records", null, read, member);
        await server.RawAsync("POST", $"sheets/{sheet}/records", """[{"name":{"value":"Ada"}}]""", write, member);
        await server.RawAsync("PATCH", $"spaces/{space}", """{"name":"Renamed"}""", manage, member);
        await server.RawAsync("DELETE", $"spaces/{space}", null, delete, member);
    }

    [Fact]
    public async Task The_typed_client_changes_a_members_role_and_takes_membership_away()
    {
        await using var server = await GuideServer.StartAsync();
        var (space, sheet) = await CreateAsync(server);
        var members = new List<SpaceUser>();
        await foreach (var one in server.Client.Spaces.ListUsersAsync(space))
        {
            members.Add(one);
        }

        Assert.Equal(["admin", "editor", "owner", "viewer"], members.Select(one => one.Role!).Order());
        var editor = members.Single(one => one.Role == "editor");
        using var http = server.NewHttp(await People.SignInAsync(server, editor.Email));
        await server.RawAsync("POST", $"sheets/{sheet}/records", """[{"name":{"value":"Ada"}}]""", 200, http);

        await server.Client.Spaces.UpdateUserAsync(space, editor.Id!, new SpaceUserUpdate { Role = "viewer" });
        await server.RawAsync("POST", $"sheets/{sheet}/records", """[{"name":{"value":"Ada"}}]""", 403, http);

        await server.Client.Spaces.RemoveUserAsync(space, editor.Id!);
        await server.RawAsync("GET", $"sheets/{sheet}/records", null, 404, http);
    }

    private static async Task<(string Space, string Sheet)> CreateAsync(GuideServer server)
    {
        var space = await server.Client.Spaces.CreateAsync(new SpaceConfig
        {
            Name = "Collaborative Import",
            Workbook = Blueprints.CustomerWorkbook,
            Users = [.. new[] { "owner", "admin", "editor", "viewer" }.Select(role => new SpaceUser { Email = $"{role}@company.com", Role = role })],
        });
        return (space.Id, (await server.Client.Workbooks.GetAsync(space.PrimaryWorkbookId!)).Sheets![0].Id);
    }
}
