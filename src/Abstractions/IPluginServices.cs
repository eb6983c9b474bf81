using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Flatfile.Agent;

/// <summary>An optional entry of a plugin: registers services of its own, which its handlers and contributions take by constructor.</summary>
/// <remarks>
/// The class needs a public constructor without parameters. What it registers is seen by this plugin alone: it lives in a container of the
/// plugin's own and is disposed when this version of the plugin is replaced and its last work has ended. Services of the host, such as the
/// Flatfile client, an <c>HttpClient</c>, <see cref="System.TimeProvider"/> and loggers, resolve as well; a registration here neither
/// replaces them for others nor is it seen by others. A scoped service lives as long as the handling of one event or one run of a job.
/// </remarks>
public interface IPluginServices
{
    /// <summary>Called once when the plugin is loaded, before any other class of it is made.</summary>
    /// <param name="services">The plugin's own services.</param>
    /// <param name="settings">
    /// The section <c>Agent:Plugins:&lt;Name&gt;</c> as it was when the plugin was loaded, checked against the plugin's <c>plugin.json</c> and
    /// completed with the defaults written there. Bind it to a class of the plugin with <c>services.Configure&lt;T&gt;(settings)</c>;
    /// a constructor that takes <see cref="IConfiguration"/> gets the same section.
    /// </param>
    void ConfigureServices(IServiceCollection services, IConfiguration settings);
}
