using Microsoft.Extensions.Logging;

namespace Flatfile.Agent.Store.PostgreSql;

internal sealed partial class PostgresAgentDatabase
{
    [LoggerMessage(Level = LogLevel.Information, Message = "The agent's store did not do what it was asked: {Said} Trying again")]
    private static partial void Retrying(ILogger logger, string said);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The answer to a commit was lost; asking the store what became of transaction {Id}")]
    private static partial void AnswerLost(ILogger logger, string id);
}
