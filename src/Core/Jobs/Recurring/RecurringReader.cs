using System.Globalization;
using System.Reflection;
using Flatfile.Agent.Core.Binding;
using Flatfile.Agent.Core.Plugins;
using Microsoft.Extensions.DependencyInjection;

namespace Flatfile.Agent.Core.Jobs.Recurring;

/// <summary>Reads the attribute of a class of recurring work.</summary>
internal static class RecurringReader
{
    /// <exception cref="PluginRefusedException">The attribute cannot be used; the message names the class.</exception>
    public static RecurringBinding Read(Type type, string plugin, LivePlugin? live)
    {
        var said = type.GetCustomAttribute<RecurringAttribute>();
        var create = PluginActivator.For(type);
        return new RecurringBinding
        {
            Id = said?.Id ?? $"{plugin}/{type.FullName}",
            Plugin = plugin,
            Source = type.FullName!,
            Schedule = said is null ? null : Schedule(type, said),
            Overlap = said?.Overlap ?? RecurringOverlap.Skip,
            Misfire = said?.Misfire ?? RecurringMisfire.RunOnce,
            Timeout = said?.Timeout is { } timeout ? Time(type, timeout) : null,
            Create = scope => Made(create, scope, live),
            Live = live,
        };
    }

    private static IRecurringHandler Made(Func<IServiceProvider, object> create, IServiceProvider scope, LivePlugin? live)
    {
        var handler = create(live is null ? scope : scope.GetRequiredService<PluginScopes>().For(live));
        scope.GetService<CreatedHandlers>()?.Add(handler);
        return (IRecurringHandler)handler;
    }

    private static RecurringSchedule Schedule(Type type, RecurringAttribute said)
    {
        try
        {
            return RecurringSchedule.Parse(said.Cron, said.TimeZone);
        }
        catch (FormatException fault)
        {
            throw new PluginRefusedException($"[Recurring] of {type.FullName}: {fault.Message}", fault);
        }
    }

    private static TimeSpan Time(Type type, string written) =>
        TimeSpan.TryParse(written, CultureInfo.InvariantCulture, out var time) && time > TimeSpan.Zero
            ? time
            : throw new PluginRefusedException($"[Recurring(Timeout = \"{written}\")] of {type.FullName} is no time. Write hours, minutes and seconds, such as 01:00:00.");
}
