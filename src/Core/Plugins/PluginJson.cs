using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Flatfile.Agent.Core.Plugins;

/// <summary>Serializer options for types of plugins: the common ones remember every type for ever, and its code could never be unloaded.</summary>
internal static class PluginJson
{
    private static readonly ConditionalWeakTable<Assembly, JsonSerializerOptions> OfPlugins = [];

    // A list of a plugin's type belongs to the framework's assembly, which stays: it is not remembered at all.
    public static JsonSerializerOptions For(Type type) =>
        !type.IsCollectible ? JsonSerializerOptions.Default
        : type.Assembly.IsCollectible ? OfPlugins.GetValue(type.Assembly, _ => Fresh())
        : Fresh();

    /// <summary>
    /// The serializer keeps what it made for a member for a second after its last use, and lets go of it only when it is asked for a
    /// member it does not know. This asks.
    /// </summary>
    public static void LetGo() => JsonSerializer.Serialize(new Question(true), Fresh());

    // Options that are alike share what they remember, unless each has a resolver of its own.
    private static JsonSerializerOptions Fresh() => new() { TypeInfoResolver = new DefaultJsonTypeInfoResolver() };

    /// <summary>A member to be asked for.</summary>
    private sealed record Question(bool Asked);
}
