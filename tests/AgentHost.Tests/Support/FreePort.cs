using System.Globalization;
using Contracts.Support;

namespace AgentHost.Tests.Support;

/// <summary>A port nobody listens on now, as an argument of a command.</summary>
internal static class FreePort
{
    public static string Next() => LoopbackPort.Free().ToString(CultureInfo.InvariantCulture);
}
