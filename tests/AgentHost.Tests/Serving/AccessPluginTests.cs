using System.Net;
using AgentHost.Tests.Support;
using Flatfile.Api;

namespace AgentHost.Tests.Serving;

/// <summary>A plugin that decides who comes in, dropped into a folder beside the host.</summary>
public sealed class AccessPluginTests : IDisposable
{
    private const string Password = "correct horse battery staple";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task ADroppedInPluginRefusesLowersAndAllows()
    {
        var plugin = Directory.CreateDirectory(Path.Combine(_folder["drop"], "Doorkeeper"));
        File.Copy(Repository.Path("artifacts", "test-plugins", "Doorkeeper", "Doorkeeper.dll"), Path.Combine(plugin.FullName, "Doorkeeper.dll"));
        await using var served = await ServedFolder.StartAsync(_folder, ("Agent__PluginFolders__0", _folder["drop"]));
        string[] people = ["ada@closed.example", "bob@partner.example", "eve@company.example"];
        var space = await served.Client.Spaces.CreateAsync(new SpaceConfig
        {
            Name = "Partner Data Import", Users = [.. people.Select(email => new SpaceUser { Email = email, Role = "admin" })],
        });

        var answers = new List<(string Read, string Write)>();
        foreach (var email in people)
        {
            using var person = new FlatfileClient(new FlatfileClientOptions { BaseAddress = new Uri(served.Url), Token = await SignInAsync(served.Client, email), MaxRetries = 0 });
            answers.Add((
                await SaidAsync(() => person.Spaces.GetAsync(space.Id)),
                await SaidAsync(() => person.Spaces.UpdateAsync(space.Id, new SpaceConfig { Description = email }))));
        }

        Assert.Contains("This domain is closed.", answers[0].Read, StringComparison.Ordinal);
        Assert.StartsWith("Forbidden", answers[0].Write, StringComparison.Ordinal);
        Assert.Equal("fine", answers[1].Read);
        Assert.StartsWith("Forbidden", answers[1].Write, StringComparison.Ordinal);
        Assert.Equal(("fine", "fine"), answers[2]);
    }

    private static async Task<string> SignInAsync(FlatfileClient flatfile, string email)
    {
        var user = await flatfile.Users.ListAsync(email).SingleAsync();
        await flatfile.Users.SetPasswordAsync(user.Id, Password);
        return (await flatfile.Auth.CreateAccessTokenAsync(Credentials.OfUser(email, Password))).Token;
    }

    private static async Task<string> SaidAsync(Func<Task> call)
    {
        try
        {
            await call();
            return "fine";
        }
        catch (FlatfileApiException fault)
        {
            Assert.Equal(HttpStatusCode.Forbidden, fault.Status);
            return $"Forbidden: {fault.Message}";
        }
    }
}
