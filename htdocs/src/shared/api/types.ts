/* Short names for the contract's shapes; schema.d.ts is generated from openapi.yaml. */
import type { components } from './schema';

type Schemas = components['schemas'];

/** "2025-01-31" */
export type Day = Schemas['Day'];
/** null is no number; 0 is zero. */
export type Viewers = Schemas['Viewers'];
export type Ident = Schemas['Ident'];
export type Interval = Schemas['Interval'];
export type Mode = Schemas['Mode'];
export type WeeklySeries = Schemas['WeeklySeries'];
export type PeriodSeries = Schemas['PeriodSeries'];
export type Series = Schemas['Series'];
export type SpecialEvent = Schemas['Event'];
export type Data = Schemas['Data'];
export type ServiceData = Schemas['ServiceData'];
export type SpecialEvents = Schemas['SpecialEvents'];
export type Stats = Schemas['Stats'];
export type ServiceStats = Schemas['ServiceStats'];
export type Upload = Schemas['Upload'];
export type Uploads = Schemas['Uploads'];
export type UploadDetail = Schemas['UploadDetail'];
export type UploadPlan = Schemas['UploadPlan'];
export type UploadResult = Schemas['UploadResult'];
export type Plan = Schemas['Plan'];
export type Change = Schemas['Change'];
export type Entries = Schemas['Entries'];
export type EntryResult = Schemas['EntryResult'];
export type UndoResult = Schemas['UndoResult'];
export type History = Schemas['History'];
export type IdentEdit = Schemas['IdentEdit'];
export type IdentPatch = Schemas['IdentPatch'];
export type Services = Schemas['Services'];
export type Platforms = Schemas['Platforms'];
export type EventNew = Schemas['EventNew'];
export type EventPatch = Schemas['EventPatch'];
export type Me = Schemas['Me'];
export type Can = Me['can'][number];
export type Detail = Schemas['Detail'];
export type ErrorBody = Schemas['Error'];
export type ErrorCode = Schemas['ErrorCode'];
export type Note = Schemas['Note'];
export type InsightStatus = Schemas['InsightStatus'];
export type ServiceEdited = Schemas['ServiceEdited'];
export type PlatformEdited = Schemas['PlatformEdited'];
export type EventEdited = Schemas['EventEdited'];
export type OneUpload = Schemas['OneUpload'];
export type People = Schemas['People'];
export type Person = Schemas['Person'];
export type PersonStep = Schemas['PersonStep'];
export type Session = Schemas['Session'];
export type Tokens = Schemas['Tokens'];
export type Token = Schemas['Token'];
export type TokenNew = Schemas['TokenNew'];
export type TokenMade = Schemas['TokenMade'];
export type Audit = Schemas['Audit'];
export type AuditEntry = Schemas['AuditEntry'];
