export {
  forgetRejectedAbout,
  reportCounts,
  reportIntake,
  type Intake,
  type IntakeCounts,
  type IntakeKind,
  type IntakeRecord,
  type RejectedState,
} from './report-intake.ts';
