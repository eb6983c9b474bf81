using Flatfile.Agent.Host.Wiring;
using Flatfile.Spaces;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Flatfile.Agent.Host.Tests.Wiring;

/// <summary>Access handlers of plugins, as Spaces asks them.</summary>
public sealed class PluginAccessTests
{
    private static readonly SpaceAccessRequest Request = new()
    {
        SpaceId = "us_sp_1", EnvironmentId = "us_env_1", UserId = "us_usr_1", UserEmail = "jane@partner.com", IsGuest = false, Role = "admin",
    };

    [Fact]
    public async Task WithoutHandlersEverybodyComesIn() => Assert.True((await AskAsync([])).IsAllowed);

    [Fact]
    public async Task TheStrictestAnswerOfPluginsAndRegisteredOnesCounts()
    {
        var lower = new Handler(request => Task.FromResult(request.UserEmail.EndsWith("@partner.com", StringComparison.Ordinal) ? AccessDecision.AtMost("viewer") : AccessDecision.Allow));

        Assert.Equal("viewer", (await AskAsync([lower], new Handler(_ => Task.FromResult(AccessDecision.AtMost("editor"))))).Role);
        Assert.Equal("no", (await AskAsync([lower], new Handler(_ => Task.FromResult(AccessDecision.Deny("no"))))).Reason);
    }

    [Theory]
    [InlineData("throws")]
    [InlineData("hangs")]
    [InlineData("answers nonsense")]
    public async Task OneThatFailsRefusesOrIsPassedOverAndTheOthersStillCount(string how)
    {
        var failing = new Handler(how switch
        {
            "throws" => _ => throw new InvalidOperationException("out of order"),
            "hangs" => async _ =>
            {
                await Task.Delay(Timeout.Infinite);
                return AccessDecision.Allow;
            },
            _ => _ => Task.FromResult(AccessDecision.AtMost("emperor")),
        });
        var lower = new Handler(_ => Task.FromResult(AccessDecision.AtMost("viewer")));

        Assert.False((await AskAsync([failing], lower)).IsAllowed);
        Assert.Equal("viewer", (await AskAsync([failing], lower, closed: false)).Role);
    }

    private static async Task<SpaceAccessDecision> AskAsync(IReadOnlyList<IAccessHandler> plugins, IAccessHandler? registered = null, bool closed = true)
    {
        var services = new ServiceCollection().AddSingleton<IContributions<IAccessHandler>>(new Contributions(plugins));
        if (registered is not null)
        {
            services.AddSingleton(registered);
        }

        await using var provider = services.BuildServiceProvider();
        var access = new PluginAccess(
            provider.GetRequiredService<IServiceScopeFactory>(), new SpacesOptions { AccessFailsClosed = closed }, TimeProvider.System, NullLogger<PluginAccess>.Instance);
        return await access.DecideAsync(Request, CancellationToken.None);
    }

    private sealed class Contributions(IReadOnlyList<IAccessHandler> all) : IContributions<IAccessHandler>
    {
        public IReadOnlyList<IAccessHandler> All => all;
    }

    private sealed class Handler(Func<AccessRequest, Task<AccessDecision>> decide) : IAccessHandler
    {
        public async ValueTask<AccessDecision> DecideAsync(AccessRequest request, CancellationToken cancellationToken) => await decide(request);
    }
}
