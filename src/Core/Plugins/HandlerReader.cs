using System.Reflection;
using System.Text.Json;
using Flatfile.Agent.Core.Binding;

namespace Flatfile.Agent.Core.Plugins;

/// <summary>Reads the attributes of a handler class into a binding.</summary>
internal static class HandlerReader
{
    private static readonly JsonEncodedText JobKey = JsonEncodedText.Encode("job");

    /// <summary>The binding of a handler class, or null when no attribute binds it.</summary>
    /// <exception cref="PluginRefusedException">An attribute cannot be used; the message names the class.</exception>
    public static HandlerBinding? Read(Type type, string plugin, LivePlugin? live)
    {
        var isJob = typeof(IJobHandler).IsAssignableFrom(type);
        var on = type.GetCustomAttributes<OnAttribute>(inherit: true).ToList();
        var onJob = type.GetCustomAttributes<OnJobAttribute>(inherit: true).ToList();
        if (isJob && typeof(IEventHandler).IsAssignableFrom(type))
        {
            throw new PluginRefusedException($"{type.FullName} is both an event handler and a job handler. Make two classes of it.");
        }

        if (isJob ? on.Count > 0 : onJob.Count > 0)
        {
            throw new PluginRefusedException(isJob
                ? $"{type.FullName} is a job handler but has [On]. Bind it with [OnJob(\"type:operation\")]."
                : $"{type.FullName} is an event handler but has [OnJob]. Bind it with [On], or implement IJobHandler.");
        }

        var id = type.GetCustomAttribute<HandlerAttribute>()?.Id ?? $"{plugin}/{type.FullName}";
        var create = PluginActivator.For(type);
        List<BindingRule> rules = isJob ? [.. onJob.Select(o => Rule(type, o))] : [.. on.Select(o => Rule(type, o))];
        if (rules.Count == 0)
        {
            return null;
        }

        var binding = isJob
            ? HandlerBinding.ForJobs(id, plugin, type.FullName!, rules, scope => (IJobHandler)create(scope), live)
            : HandlerBinding.ForEvents(id, plugin, type.FullName!, rules, scope => (IEventHandler)create(scope), live);
        return binding.With(DispatchReader.Read(type));
    }

    private static BindingRule Rule(Type type, OnAttribute on) =>
        new([Topic(type, on.Topic)], on.Filter is null ? [] : [Filter(type, "On", on.Filter)]);

    private static BindingRule Rule(Type type, OnJobAttribute on)
    {
        var job = Filter(type, "OnJob", JobFilter(on.Job));
        return new BindingRule([TopicGlob.Parse("job:ready")], on.Filter is null ? [job] : [job, Filter(type, "OnJob", on.Filter)], on.Fallback);
    }

    private static string JobFilter(string job)
    {
        using var memory = new MemoryStream();
        using (var writer = new Utf8JsonWriter(memory))
        {
            writer.WriteStartObject();
            writer.WriteString(JobKey, job);
            writer.WriteEndObject();
        }

        return System.Text.Encoding.UTF8.GetString(memory.GetBuffer(), 0, (int)memory.Length);
    }

    private static TopicGlob Topic(Type type, string topic)
    {
        try
        {
            return TopicGlob.Parse(topic);
        }
        catch (FormatException fault)
        {
            throw new PluginRefusedException($"{type.FullName}: {fault.Message}", fault);
        }
    }

    private static EventFilterMatcher Filter(Type type, string attribute, string filter)
    {
        try
        {
            return EventFilterMatcher.Parse(filter);
        }
        catch (JsonException fault)
        {
            throw new PluginRefusedException(
                $"The filter of [{attribute}] on {type.FullName} is not JSON: {filter} ({fault.Message}) Write it as an object, such as {{\"sheetSlug\":\"contacts\"}}.",
                fault);
        }
        catch (FormatException fault)
        {
            throw new PluginRefusedException($"The filter of [{attribute}] on {type.FullName}: {fault.Message}", fault);
        }
    }
}
