using Flatfile.Spaces.Auth;
using Flatfile.Spaces.Storage;
using Flatfile.Spaces.Tests.Support;

namespace Flatfile.Spaces.Tests.Auth;

/// <summary>What a signed token proves, and what it does not.</summary>
public sealed class SignedTokenTests
{
    [Fact]
    public async Task ATokenGivesItsSubjectBackUntilItExpiresAndAfterARestart()
    {
        using var folder = new TemporaryFolder();
        var time = new SteppedTime();
        var token = (await TokensAsync(folder.Path, time)).Issue("guest", "us_g_1|us_sp_2", TimeSpan.FromMinutes(10));
        var later = await TokensAsync(folder.Path, time);
        Assert.Equal("us_g_1|us_sp_2", later.Open("guest", token));
        time.Step(TimeSpan.FromMinutes(11));
        Assert.Null(later.Open("guest", token));
        Assert.Equal("us_g_1|us_sp_2", later.Read("guest", token)!.Value.Subject);
    }

    [Fact]
    public async Task ATokenOfAnotherKindOfAnotherFolderOrWithAnyLetterChangedOpensNothing()
    {
        using var folder = new TemporaryFolder();
        using var other = new TemporaryFolder();
        var tokens = await TokensAsync(folder.Path, TimeProvider.System);
        var token = tokens.Issue("guest", "somebody", TimeSpan.FromMinutes(10));
        Assert.Null(tokens.Open("gues", token));
        Assert.Null(tokens.Open("channel", token));
        Assert.Null((await TokensAsync(other.Path, TimeProvider.System)).Open("guest", token));
        for (var i = 0; i < token.Length; i++)
        {
            var changed = token[..i] + (token[i] == 'A' ? 'B' : 'A') + token[(i + 1)..];
            Assert.True(tokens.Open("guest", changed) is null, $"A token with letter {i} changed was taken.");
        }

        Assert.All(new[] { null, "", "guest_", "guest_.", "guest_a.b", token + ".x", new string('a', 100_000) }, bad => Assert.Null(tokens.Open("guest", bad)));
    }

    private static async Task<SignedToken> TokensAsync(string folder, TimeProvider time)
    {
        Directory.CreateDirectory(folder);
        var secret = new TokenSecret(new DataFolder(new SpacesOptions { DataFolder = folder }));
        await secret.StartAsync(CancellationToken.None);
        return new SignedToken(secret, time);
    }
}
