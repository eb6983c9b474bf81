using Flatfile.Agent.Host.Commands;

return await AgentCommandLine.RunAsync(args);
