using Microsoft.Extensions.Options;

namespace Flatfile.Agent.Core.Startup;

/// <summary>The endpoint of the options.</summary>
internal sealed class ConfiguredEndpoint(IOptions<AgentOptions> options) : IFlatfileEndpoint
{
    public Uri BaseAddress => Uri.TryCreate(options.Value.Flatfile.ApiUrl, UriKind.Absolute, out var address)
        ? address
        : throw new AgentStartException(["Agent:Flatfile:ApiUrl is not set. Set it, or FLATFILE_API_URL, to the address of Flatfile, such as https://platform.flatfile.com/api."]);

    public string? Token => options.Value.Flatfile.ApiKey;
}
