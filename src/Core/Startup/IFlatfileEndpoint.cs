namespace Flatfile.Agent.Core.Startup;

/// <summary>Where Flatfile is. Asked each time a client is made, so a server in this process may settle its address after the agent was built.</summary>
public interface IFlatfileEndpoint
{
    /// <summary>The address the API stands below.</summary>
    Uri BaseAddress { get; }

    /// <summary>The secret key.</summary>
    string? Token { get; }
}
