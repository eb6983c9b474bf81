using Flatfile.Agent.Core.Drivers.Webhook;
using Flatfile.Agent.Core.Startup;

namespace Core.Tests.Drivers;

public sealed class WebhookSettingsTests
{
    private const string Secret = "whsec_short";

    [Fact]
    public void Without_credentials_others_may_not_reach_the_endpoint()
    {
        Assert.Empty(Faults(_ => { }));
        Assert.Empty(Faults(o => o.Listen = "127.0.0.1"));
        Assert.Contains("nothing says whose events count", Assert.Single(Faults(o => o.Listen = "0.0.0.0")), StringComparison.Ordinal);
        Assert.Empty(Faults(o =>
        {
            o.Listen = "0.0.0.0";
            o.Webhook.Secrets.Add(WebhookHarness.Secret);
        }));
    }

    [Fact]
    public void Weak_credentials_are_refused_and_not_repeated()
    {
        var faults = Faults(o =>
        {
            o.Webhook.Secrets.Add(Secret);
            o.Webhook.Tokens.Add("guessable");
            o.Webhook.Path = "webhook";
        });

        Assert.Equal(3, faults.Count);
        Assert.DoesNotContain(faults, f => f.Contains(Secret, StringComparison.Ordinal) || f.Contains("guessable", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("/agent/webhook")]
    [InlineData("/v1")]
    public void A_path_that_others_stand_on_is_refused(string path) =>
        Assert.Contains(path, Assert.Single(Faults(o => o.Webhook.Path = path)), StringComparison.Ordinal);

    private static List<string> Faults(Action<AgentOptions> configure)
    {
        var agent = new AgentOptions { Driver = WebhookDriver.DriverName };
        configure(agent);
        return [.. WebhookSettings.Faults(agent)];
    }
}
