using Flatfile.Agent.Host.Commands;
using Flatfile.Agent.Host.Faults;
using Flatfile.Agent.Host.Handles;

return HandleLimit.IsEnough(HandleLimit.Read(), Console.Error) ? await AgentCommandLine.RunAsync(args) : ExitCodes.Usage;
