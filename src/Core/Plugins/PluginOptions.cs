using System.Reflection;
using Microsoft.Extensions.Configuration;

namespace Flatfile.Agent.Core.Plugins;

/// <summary>Where plugins are looked for.</summary>
public sealed class PluginOptions
{
    /// <summary>Folders that hold one folder per plugin, in order. One that does not exist holds none.</summary>
    public IList<string> Folders { get; } = [];

    /// <summary>Assemblies of the host that are plugins too, by name; they come before the folders.</summary>
    public IList<(string Name, Assembly Assembly)> BuiltIn { get; } = [];

    /// <summary>Ids of handlers that must not run; <c>*</c> stands for any text.</summary>
    public IList<string> HandlersOff { get; } = [];

    /// <summary>The settings of the plugins, one section for each by its name; null when there are none.</summary>
    public IConfiguration? Settings { get; set; }

    /// <summary>What that section is called, for messages.</summary>
    public string SettingsPath { get; set; } = "Agent:Plugins";

    /// <summary>The longest a plugin's own code may take while it is loaded: constructors, static ones, and <see cref="IPlugin.Configure"/>.</summary>
    public TimeSpan LoadTimeout { get; set; } = TimeSpan.FromSeconds(30);
}
