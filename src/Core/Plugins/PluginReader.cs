using System.Reflection;
using System.Runtime.CompilerServices;
using Flatfile.Agent.Core.Binding;
using Flatfile.Agent.Core.Jobs.Recurring;
using Flatfile.Agent.Core.Plugins.Services;
using Flatfile.Api;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Flatfile.Agent.Core.Plugins;

/// <summary>Reads a plugin's classes into bindings, and tries each class once, so that what cannot run is known before the first event.</summary>
internal sealed class PluginReader(IServiceProvider root, PluginStatus status, LivePlugin? live, IConfiguration? settings = null)
{
    private readonly List<string> _faults = [];
    private readonly List<string> _warnings = [.. status.Warnings];
    private readonly List<string> _contributions = [];
    private readonly List<HandlerBinding> _bindings = [];
    private readonly List<RecurringBinding> _recurring = [];
    private readonly HashSet<Type> _unbound = [];
    private volatile LivePlugin? _live = live;
    private volatile string _step = "its classes were read";

    /// <summary>Made with the first service of its own when the code is the host's.</summary>
    public LivePlugin? Live => _live;

    /// <summary>What the plugin's code was doing, for the report of one that does not return.</summary>
    public string Step => _step;

    /// <summary>Reads and tries everything. Runs code of the plugin: constructors and <see cref="IPlugin.Configure"/>.</summary>
    public async Task<LoadedPlugin> ReadAsync(Assembly assembly, Func<Type, bool>? only = null)
    {
        var types = PluginTypes.Scan(assembly, only);
        ReadServices([.. types.Of<IPluginServices>()]);
        ReadHandlers([.. types.Of<IEventHandler>().Union(types.Of<IJobHandler>())]);
        ReadRecurring([.. types.Of<IRecurringHandler>()]);
        await TryAsync(types);
        ReadListeners(types);
        if (_faults.Count > 0)
        {
            return LoadedPlugin.Refused(status with { Warnings = _warnings }, string.Join(" ", _faults));
        }

        if (_bindings.Count == 0 && _recurring.Count == 0 && _contributions.Count == 0)
        {
            _warnings.Add("It has no handlers: no class of it is an IEventHandler, IJobHandler, IRecurringHandler, IPlugin, RecordHook, SpaceBlueprint or IAccessHandler.");
        }

        return new LoadedPlugin(
            status with { Warnings = _warnings, Contributions = _contributions }, [.. _bindings.Select(b => b.OfVersion(status.Version))], types.All, _live)
        {
            Recurring = _recurring,
        };
    }

    /// <summary>Builds the container of the plugin's own; also one without registrations, as code that is unloaded needs loggers of its own.</summary>
    private void ReadServices(IReadOnlyList<Type> types)
    {
        if (types.Count == 0 && _live is null)
        {
            return;
        }

        Guard(() =>
        {
            var services = OwnServices.Build(root, settings ?? new ConfigurationBuilder().Build(), (own, section) => Register(types, own, section));
            _live ??= new LivePlugin(status.Name, null);
            _live.Services = services;
            _faults.AddRange(new OwnServicesCheck(services, root.GetRequiredService<HostLifetimes>()).Faults());
        });
    }

    private void Register(IReadOnlyList<Type> types, IServiceCollection services, IConfiguration section)
    {
        foreach (var type in types)
        {
            _step = $"{type.FullName}.ConfigureServices ran";
            if (type.GetConstructor(Type.EmptyTypes) is null)
            {
                throw new PluginRefusedException($"{type.FullName} registers services and has no public constructor without parameters. Give it one.");
            }

            Initialize(type);
            Guard(
                () => ((IPluginServices)Activator.CreateInstance(type)!).ConfigureServices(services, section),
                $"{type.FullName}.ConfigureServices throws: ");
        }
    }

    private void ReadHandlers(IReadOnlyList<Type> types)
    {
        foreach (var type in types.OrderBy(t => t.FullName, StringComparer.Ordinal))
        {
            Guard(() =>
            {
                if (HandlerReader.Read(type, status.Name, _live) is { } binding)
                {
                    _bindings.Add(binding);
                }
                else
                {
                    _unbound.Add(type);
                    _warnings.Add($"{type.FullName} has no [{(typeof(IJobHandler).IsAssignableFrom(type) ? "OnJob" : "On")}], so nothing ever reaches it.");
                }
            });
        }
    }

    private void ReadRecurring(IReadOnlyList<Type> types)
    {
        foreach (var type in types)
        {
            Guard(() =>
            {
                var work = RecurringReader.Read(type, status.Name, _live);
                _recurring.Add(work);
                _contributions.Add($"recurring work {work.Id} ({work.Schedule?.ToString() ?? "without times of its own: set Agent:Recurring:" + work.Id + ":Cron"})");
            });
        }
    }

    private async Task TryAsync(PluginTypes types)
    {
        var scope = root.GetRequiredService<IServiceScopeFactory>().CreateAsyncScope();
        foreach (var type in types.Found.Except(types.Of<IPlugin>()).Except(types.Of<IPluginServices>()).Except(_unbound))
        {
            _step = $"{type.FullName} was constructed";
            if (PluginActivator.WhyNot(type, Known) is { } fault)
            {
                _faults.Add(fault);
                continue;
            }

            Guard(() => Construct(type, scope.ServiceProvider), $"The constructor of {type.FullName} throws: ");
            if (TitleOf(type) is { } title)
            {
                _contributions.Add($"{title} {type.FullName}");
            }
        }

        _step = "its handlers were disposed";
        try
        {
            await scope.DisposeAsync();
        }
        catch (Exception fault)
        {
            _faults.Add("A handler throws when it is disposed: " + PluginFault.Describe(fault));
        }
    }

    private static string? TitleOf(Type type) =>
        typeof(RecordHook).IsAssignableFrom(type) ? "record hook"
        : typeof(SpaceBlueprint).IsAssignableFrom(type) ? "blueprint"
        : typeof(IAccessHandler).IsAssignableFrom(type) ? "access handler"
        : null;

    private IServiceProviderIsService Known => _live?.Services ?? root.GetRequiredService<IServiceProviderIsService>();

    private void Construct(Type type, IServiceProvider scope)
    {
        Initialize(type);
        var services = _live is { } live ? scope.GetRequiredService<PluginScopes>().For(live) : scope;
        scope.GetRequiredService<CreatedHandlers>().Add(PluginActivator.For(type)(services));
    }

    private static void Initialize(Type type)
    {
        try
        {
            RuntimeHelpers.RunClassConstructor(type.TypeHandle);
        }
        catch (TypeInitializationException fault) when (fault.InnerException is { } inner)
        {
            throw new PluginRefusedException($"The static constructor of {type.FullName} throws: {PluginFault.Describe(inner)}", fault);
        }
    }

    private void ReadListeners(PluginTypes types)
    {
        foreach (var type in types.Of<IPlugin>())
        {
            _step = $"{type.FullName} was constructed";
            if (PluginActivator.WhyNot(type, Known) is { } fault)
            {
                _faults.Add(fault);
                continue;
            }

            IPlugin? plugin = null;
            Guard(
                () =>
                {
                    Initialize(type);
                    plugin = (IPlugin)PluginActivator.For(type)(_live?.Services?.Root ?? root);
                },
                $"The constructor of {type.FullName} throws: ");
            if (plugin is null)
            {
                continue;
            }

            _step = $"{type.FullName}.Configure ran";
            Guard(
                () =>
                {
                    var listener = new FlatfileListener();
                    plugin.Configure(listener);
                    _bindings.AddRange(ListenerBindings.Of(listener, status.Name, type.FullName!, _live));
                    _contributions.Add($"listener {type.FullName}");
                },
                $"{type.FullName}.Configure throws: ");
        }
    }

    private void Guard(Action step, string prefix = "")
    {
        try
        {
            step();
        }
        catch (Exception fault)
        {
            var what = PluginFault.Describe(fault);
            _faults.Add(fault is PluginRefusedException ? what : prefix + what);
        }
    }
}
