using Flatfile.Agent;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Shifting;

/// <summary>What the plugin registers for itself.</summary>
public sealed class Services : IPluginServices
{
    public void ConfigureServices(IServiceCollection services, IConfiguration settings)
    {
        services.Configure<ShiftingSettings>(settings);
        services.AddSingleton<Ledger>();
        services.AddScoped<Visit>();
    }
}
