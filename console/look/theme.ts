import { type ThemeConfig, theme } from 'antd';

/**
 * The look in Ant Design's words. Values are those of resources/look/tokens.css, written out
 * because Ant Design computes with them and cannot compute with a CSS variable.
 */
const FONT =
  '"IBM Plex Sans Variable","Noto Sans SC Variable","IBM Plex Sans SC","Noto Sans CJK SC","PingFang SC","Microsoft YaHei",sans-serif';

const shape = {
  fontFamily: FONT,
  fontFamilyCode: FONT,
  fontSize: 13,
  fontSizeSM: 12,
  fontSizeLG: 14,
  fontSizeHeading1: 20,
  fontSizeHeading2: 16,
  fontWeightStrong: 600,
  lineHeight: 1.4,
  borderRadius: 4,
  borderRadiusSM: 2,
  borderRadiusLG: 4,
  borderRadiusXS: 2,
  controlHeight: 30,
  controlHeightSM: 30,
  controlHeightLG: 36,
  lineWidth: 1,
  lineWidthFocus: 2,
  sizeUnit: 4,
  sizeStep: 4,
  wireframe: false,
  motionDurationFast: '0.08s',
  motionDurationMid: '0.16s',
  motionDurationSlow: '0.28s',
  motionEaseInOut: 'cubic-bezier(.4,0,.2,1)',
  motionEaseOut: 'cubic-bezier(.16,.84,.28,1)',
  boxShadow: 'none',
  boxShadowTertiary: 'none',
} as const;

const parts: NonNullable<ThemeConfig['components']> = {
  Table: {
    cellPaddingBlockSM: 7,
    cellPaddingInlineSM: 10,
    headerBorderRadius: 0,
    headerSplitColor: 'transparent',
  },
  Button: {
    primaryShadow: 'none',
    defaultShadow: 'none',
    dangerShadow: 'none',
    fontWeight: 500,
    contentFontSizeSM: 13,
    paddingInlineSM: 12,
    borderRadiusSM: 4,
  },
  Input: { inputFontSizeSM: 13, paddingBlockSM: 4, borderRadiusSM: 4 },
  Select: { borderRadiusSM: 4 },
  Form: {
    itemMarginBottom: 28,
    verticalLabelPadding: '0 0 4px',
    labelHeight: 18,
    labelColor: 'inherit',
  },
  Tag: { borderRadiusSM: 2 },
};

export const dayTheme: ThemeConfig = {
  algorithm: theme.defaultAlgorithm,
  token: {
    ...shape,
    colorPrimary: '#12379B',
    colorPrimaryHover: '#1C49C2',
    colorPrimaryActive: '#0D2A78',
    colorInfo: '#12379B',
    colorSuccess: '#12379B',
    colorLink: '#12379B',
    colorWarning: '#7A4B00',
    colorWarningBg: '#FBEFD3',
    colorError: '#A01D13',
    colorErrorBg: '#F8E0DC',
    colorText: '#0F161D',
    colorTextSecondary: '#3F4B57',
    colorTextTertiary: '#55616D',
    colorTextPlaceholder: '#55616D',
    colorBgLayout: '#E7EBEE',
    colorBgMask: 'rgba(15,22,29,.28)',
    colorBgContainer: '#FFFFFF',
    colorBgElevated: '#FFFFFF',
    colorFillAlter: '#F5F7F8',
    colorFillSecondary: '#DCE2E7',
    colorBorder: '#6F7C89',
    colorBorderSecondary: '#C2CAD2',
    controlItemBgActive: '#DFE7F8',
    controlItemBgHover: '#EEF2F5',
    controlOutline: '#12379B',
  },
  components: {
    ...parts,
    Table: {
      ...parts.Table,
      headerBg: '#F5F7F8',
      rowHoverBg: '#EEF2F5',
      rowSelectedBg: '#DFE7F8',
      borderColor: '#C2CAD2',
    },
  },
};

export const nightTheme: ThemeConfig = {
  algorithm: theme.darkAlgorithm,
  token: {
    ...shape,
    colorPrimary: '#2C5ADB',
    colorPrimaryHover: '#4772EA',
    colorPrimaryActive: '#1D42AE',
    colorInfo: '#2C5ADB',
    colorSuccess: '#93B2FF',
    colorLink: '#93B2FF',
    colorWarning: '#F2C25C',
    colorWarningBg: '#33280F',
    colorError: '#FF9B90',
    colorErrorBg: '#3A1714',
    colorText: '#EDF1F5',
    colorTextSecondary: '#B3BEC9',
    colorTextTertiary: '#8E9BA8',
    colorTextPlaceholder: '#8E9BA8',
    colorBgLayout: '#0A0E13',
    colorBgContainer: '#151C24',
    colorBgElevated: '#1B232C',
    colorFillAlter: '#11171E',
    colorFillSecondary: '#0D1218',
    colorBorder: '#74818F',
    colorBorderSecondary: '#2A343F',
    controlItemBgActive: '#18264A',
    controlItemBgHover: '#1B242E',
    controlOutline: '#93B2FF',
  },
  components: {
    ...parts,
    Table: {
      ...parts.Table,
      headerBg: '#11171E',
      rowHoverBg: '#1B242E',
      rowSelectedBg: '#18264A',
      borderColor: '#2A343F',
    },
  },
};
