using System.Collections.Frozen;
using Hangfire;
using Hangfire.Common;
using Microsoft.Extensions.Logging;

namespace Flatfile.Agent.Jobs.Hangfire;

/// <summary>What Hangfire's tables call the few types that may stand in them.</summary>
/// <remarks>
/// Hangfire makes and calls whatever type and method a row names, so that who can write into its tables can run any program. It asks here for
/// the type, and gets none but these: strings, and two classes whose methods take ids. Hangfire has one such place for the whole process.
/// </remarks>
internal static partial class StoredNames
{
    private static readonly FrozenDictionary<Type, string> Names = new Dictionary<Type, string>
    {
        [typeof(TicketWork)] = "ticket",
        [typeof(RecurringWork)] = "recurring",
        [typeof(string)] = "string",
        [typeof(CancellationToken)] = "token",
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<string, Type> Types = Names.ToFrozenDictionary(n => n.Value, n => n.Key, StringComparer.Ordinal);

    /// <param name="log">Told when a row names another type.</param>
    public static void Use(ILogger log)
    {
        GlobalConfiguration.Configuration.SetDataCompatibilityLevel(CompatibilityLevel.Version_180);
        TypeHelper.CurrentTypeSerializer = NameOf;
        TypeHelper.CurrentTypeResolver = name =>
        {
            if (!Types.ContainsKey(name))
            {
                Refused(log, name);
            }

            return TypeOf(name);
        };
    }

    public static string NameOf(Type type) => Names.TryGetValue(type, out var name)
        ? name
        : throw new InvalidOperationException($"{type} may not stand in the job store.");

    public static Type TypeOf(string name) => Types.TryGetValue(name, out var type)
        ? type
        : throw new InvalidOperationException("The job store names a type that is none of the agent's own. It is not made. Somebody else wrote this row: see who may write there.");
}
