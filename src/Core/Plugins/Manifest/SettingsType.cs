namespace Flatfile.Agent.Core.Plugins.Manifest;

/// <summary>What a setting of a plugin is.</summary>
internal enum SettingsType
{
    /// <summary>Any text.</summary>
    String,

    /// <summary>A whole number.</summary>
    Integer,

    /// <summary>A number.</summary>
    Number,

    /// <summary>True or false.</summary>
    Boolean,

    /// <summary>A list.</summary>
    Array,

    /// <summary>Settings of its own.</summary>
    Object,
}
