using System.Net;
using Flatfile.Agent.Core.Startup;
using Microsoft.AspNetCore.Http;

namespace Flatfile.Agent.Core.Drivers.Webhook;

/// <summary>Looks for faults in the settings of the endpoint. No sentence holds a secret.</summary>
internal static class WebhookSettings
{
    private const int ShortestToken = 16;

    private static readonly string[] Taken = ["/agent", "/v1"];

    public static IEnumerable<string> Faults(AgentOptions agent)
    {
        var webhook = agent.Webhook;
        if (!webhook.Path.StartsWith('/') || webhook.Path.Length < 2 || webhook.Path.Contains('{', StringComparison.Ordinal))
        {
            yield return $"Agent:Webhook:Path is '{webhook.Path}'. Set it to a path such as /webhook.";
        }
        else if (Taken.Any(taken => new PathString(webhook.Path).StartsWithSegments(taken)))
        {
            yield return $"Agent:Webhook:Path is '{webhook.Path}', but what stands below {string.Join(" and ", Taken)} is not for posts from outside. Set it to a path such as /webhook.";
        }

        for (var i = 0; i < webhook.Secrets.Count; i++)
        {
            if (WebhookSecret.Read(webhook.Secrets[i]) is null)
            {
                yield return $"Agent:Webhook:Secrets:{i} is no secret of the Standard Webhooks form: 'whsec_' and at least 24 bytes in base64. Make one with: echo \"whsec_$(openssl rand -base64 32)\".";
            }
        }

        for (var i = 0; i < webhook.Tokens.Count; i++)
        {
            if (webhook.Tokens[i].Length < ShortestToken)
            {
                yield return $"Agent:Webhook:Tokens:{i} is shorter than {ShortestToken} characters and could be guessed. Make one with: openssl rand -hex 32.";
            }
        }

        if (webhook.Secrets.Count + webhook.Tokens.Count == 0 && agent.Listen is { Length: > 0 } listen && !(IPAddress.TryParse(listen, out var address) && IPAddress.IsLoopback(address)))
        {
            yield return $"Agent:Listen is '{listen}', so others can reach {webhook.Path}, and nothing says whose events count. Set Agent:Webhook:Secrets or Agent:Webhook:Tokens.";
        }

        foreach (var (name, value) in new[]
        {
            ("MaxBodyBytes", webhook.MaxBodyBytes), ("MaxEvents", webhook.MaxEvents), ("Rate", webhook.Rate), ("Burst", webhook.Burst),
            ("MaxQueuedEvents", webhook.MaxQueuedEvents), ("MaxQueuedBytes", webhook.MaxQueuedBytes), ("Tolerance", webhook.Tolerance.TotalSeconds), ("Takeover", webhook.Takeover.TotalSeconds),
        })
        {
            if (value <= 0)
            {
                yield return $"Agent:Webhook:{name} must be more than zero.";
            }
        }

        if (webhook.MaxBufferedBytes < webhook.MaxBodyBytes * 4L)
        {
            yield return $"Agent:Webhook:MaxBufferedBytes is {webhook.MaxBufferedBytes}: a body of Agent:Webhook:MaxBodyBytes ({webhook.MaxBodyBytes}) would not fit while its memory grows. Set it to {webhook.MaxBodyBytes * 4L} or more.";
        }
    }
}
