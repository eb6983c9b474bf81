namespace Flatfile.Spaces.Http.Shapes;

/// <content>Bodies of the resources that are mostly storage.</content>
internal static partial class ShapeTable
{
    private const string Models =
        """
        AddRecordsToClipRequest { recordIds: id[] }
        AgentConfig { topics?: text[]; compiler?: Compiler; source?: string; sourceMap?: string; slug?: text; options?: object; template?: AgentTemplateEnum; templateOptions?: TemplateOptions; isSystem?: boolean; namespace?: string; packageVersions?: map<string>; commitInfo?: object }
        AgentTemplateEnum = constraints | autobuild | autocast | webhook-egress | action-listener | automap
        AnalysisCreateDto { field: text; result?: any }
        AppCreate { name: text; namespace: string; type: AppType; entity?: string; entityPlural?: string; icon?: string; metadata?: any; environmentFilters?: any; blueprint?: any }
        AppPatch { name?: text; namespace?: string; entity?: string; entityPlural?: string; icon?: string; metadata?: any; environmentFilters?: any; blueprint?: any; activatedAt?: datetime }
        AppType = PORTAL | PROJECTS | MAPPING | WORKBOOKS | CUSTOM
        AutomapOptions { accuracy: string; defaultTargetSheet: string; matchFilename: string }
        BulkMutateFlagsRequest { operation: FlagOperation; slug: text; flag?: FlagMutationData; exceptions?: string[]; query?: string; filter?: any; filterField?: string; searchValue?: string; searchField?: string; q?: string; ids?: string[]; snapshotLabel?: string }
        CanvasAreaLayout = split | drawer | modal
        CanvasAreaPosition = top | left | right | middle | bottom
        CanvasAreaType = mapping | header | agent | form | sheet | sheets | workbook | document | file | iframe
        CanvasAreaVisibility = visible | hidden | optional | skeleton
        Compiler = js
        ConstraintCreate { description?: string; function?: string; options?: any; label?: string; validator?: text; appId?: id }
        ConstraintUpdate { description?: string; function?: string; options?: any; label?: string }
        CreateAnalysisRequest { sheetId: id; environmentId: id; spaceId: id; workbookId: id; analyses: AnalysisCreateDto[] }
        CreateCanvasAreaRequest { canvasId: id; type: CanvasAreaType; position: CanvasAreaPosition; visibility?: CanvasAreaVisibility; layout?: CanvasAreaLayout; overlay?: any; config?: any; metadata?: any; parentId?: id }
        CreateDataClipRequest { name: text; description?: string; sourceSheetId: id; collaborators?: string[]; sharedLinkAccess?: SharedLinkAccess }
        CreateFlagRequest { slug: text; label: text; colorHex: color }
        CreateRoutineRequest { runbookId: id; name: text; config?: any; ordinal: count; type: RoutineType }
        CreateRunbookRequest { accountId: id; appId: id; environmentId: id; spaceId: id; name: text; config: RunbookConfig; status: RunbookStatus; type: RunbookType }
        DataRetentionPolicyConfig { type: DataRetentionPolicyEnum; period: days; environmentId: id }
        DataRetentionPolicyEnum = lastActivity | sinceCreated
        DeleteAllHistoryForUserRequest { environmentId?: id }
        DeleteMultipleRulesRequest { ruleIds: id[] }
        DocumentConfig { title: text; body: string; treatments?: string[]; actions?: Action[] }
        FlagMutationData { label?: text; colorHex?: color }
        FlagOperation = apply | update | delete | replace
        GuidanceApiCreateData { guideSlug: text; options: GuidanceOptions }
        GuidanceApiUpdateData { options: GuidanceOptions }
        GuidanceOptions { target: string; trigger: TriggerEnum; type: TypeEnum; role?: RoleEnum }
        GuideCreateRequest { description: string; title: text; metadata?: object; slug: text; blocks: object?[]; environmentId: id }
        GuideUpdateRequest { description?: string; title?: text; metadata?: object; slug?: text; blocks?: object?[]; environmentId?: id }
        MappingRuleConfig { name: text; type: text; config?: any; acceptedAt?: datetime; acceptedBy?: string; metadata?: any }
        MappingRule { name: text; type: text; config?: any; acceptedAt?: datetime; acceptedBy?: string; metadata?: any; id: id; confidence?: number }
        MessageApiCreateData { messageId?: string; content: object; parts?: object[]; annotations?: object[]; role: MessageRole; state?: object; metadata?: object }
        MessageApiUpdateData { messageId?: string; content?: object; parts?: object[]; annotations?: object[]; role?: MessageRole; state?: object; metadata?: object; threadId?: id }
        MessageRole = system | user | assistant | tool
        OnboardingCreate { userId: id }
        OnboardingDatapointCreate { onboardingId: id; source?: string; data?: any }
        OnboardingDatapointUpdate { source?: string; data?: any }
        OnboardingFlow = buildmode | workflow
        OnboardingProgressUpdate { flow?: OnboardingFlow; currentStep: count; completedAt?: datetime }
        ProgramConfig { source: object; destination: object; familyId?: id; namespace?: string; save?: boolean; rules?: MappingRuleConfig[] }
        PromptCreate { promptType?: PromptTypeEnum; prompt: text; environmentId: id; spaceId: id }
        PromptPatch { prompt: text }
        PromptTypeEnum = AI_ASSIST | CONSTRAINT_GENERATION
        RoleEnum = admin | guest
        RoutineType = JOB
        RunbookConfig { sourceSheetIds: string[]; destinationSheetIds: string[] }
        RunbookStatus = CREATED | RECORDING | EXECUTING | WAITING | COMPLETED | FAILED | CANCELED
        RunbookType = SHEET_TOOL | PREPROCESSING
        SharedLinkAccess = public | restricted
        StateUpdateStrategy = upsert | replace
        TemplateActionListener { namespace?: string; jobName: text; actionFunction: string }
        TemplateAutobuild { namespace?: string; autobuildId: text }
        TemplateAutocast { namespace?: string; sheetSlug: text; fieldFilters?: string[]; options?: object }
        TemplateAutomap { namespace?: string; options: AutomapOptions }
        TemplateConstraints { namespace?: string }
        TemplateOptions by template = constraints: TemplateConstraints | autobuild: TemplateAutobuild | autocast: TemplateAutocast | webhook-egress: TemplateWebhookEgress | action-listener: TemplateActionListener | automap: TemplateAutomap
        TemplateWebhookEgress { namespace?: string; jobName: text; url: text }
        ThreadApiCreateData { resourceId: id; metadata?: object; source?: string; state?: object; status: ThreadStatus }
        ThreadApiUpdateData { resourceId?: id; metadata?: object; source?: string; state?: object; status?: ThreadStatus; stateUpdateStrategy?: StateUpdateStrategy }
        ThreadStatus = ready | active | error
        TransformationCreateDto { accountId: id; environmentId: id; spaceId: id; appId: id; programId?: id; sheetId: id; keys: string[]; sourceKeys: string[]; destinationKeys: string[]; mutationCommand: string; errorMessage?: string; genesisValidationError?: string; config?: any; type: string }
        TriggerEnum = first | hover | event | manual
        TypeEnum = sidebar | popout | tooltip
        UpdateCanvasAreaRequest { type?: CanvasAreaType; position?: CanvasAreaPosition; visibility?: CanvasAreaVisibility; layout?: CanvasAreaLayout; overlay?: any; config?: any; metadata?: any; parentId?: id; canvasId?: id }
        UpdateDataClipRequest { name: text; description?: string; status?: string; collaborators?: string[]; sharedLinkAccess?: SharedLinkAccess }
        UpdateFlagRequest { label?: text; colorHex?: color; newSlug?: text }
        UpdateRoutineRequest { name: text; config?: any; ordinal: count; type: RoutineType }
        UpdateRunbookRequest { name?: text; status?: RunbookStatus; config?: RunbookConfig }
        """;
}
