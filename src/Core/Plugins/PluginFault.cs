using System.Reflection;

namespace Flatfile.Agent.Core.Plugins;

/// <summary>Turns what the runtime throws while a plugin is loaded into a sentence an operator can act on.</summary>
internal static class PluginFault
{
    private const string Rebuild = "Build the plugin against the version of the contract this host has.";

    public static string Describe(Exception fault) => fault switch
    {
        PluginRefusedException => fault.Message,
        TargetInvocationException { InnerException: { } inner } => Describe(inner),
        AggregateException { InnerException: { } inner } => Describe(inner),
        ReflectionTypeLoadException types => DescribeTypes(types),
        TypeInitializationException { InnerException: { } inner } type => $"The static constructor of {type.TypeName} throws: {Describe(inner)}",
        FileNotFoundException { FileName: { Length: > 0 } file } =>
            $"It needs {file}, which is neither in its folder nor part of the host. Copy the plugin's dependencies beside it.",
        FileLoadException { FileName: { Length: > 0 } file } => $"It needs {file}, which cannot be loaded: {Sentence(fault.Message)}",
        UnauthorizedAccessException => $"It cannot be read: {Sentence(fault.Message)} Make it readable for the account the agent runs under.",
        BadImageFormatException => $"An assembly of it is damaged or made for another processor: {Sentence(fault.Message)}",
        MissingMemberException => $"It was built for another version: {Sentence(fault.Message)} {Rebuild}",
        TypeLoadException => $"It was built for another version: {Sentence(fault.Message)} {Rebuild}",
        _ => $"{fault.GetType().Name}: {Sentence(fault.Message)}",
    };

    private static string DescribeTypes(ReflectionTypeLoadException fault)
    {
        var reasons = fault.LoaderExceptions.OfType<Exception>().Select(Describe).Distinct(StringComparer.Ordinal).ToList();
        return reasons.Count == 0 ? Sentence(fault.Message) : string.Join(" ", reasons.Take(3));
    }

    private static string Sentence(string text) => text.EndsWith('.') || text.EndsWith('!') || text.EndsWith('?') ? text : text + ".";
}
