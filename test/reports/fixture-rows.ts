/**
 * Rows for the fixture of the report tests, one per line, cut by `; `: use case, section, payload, type, from, to, how often,
 * messages per day of a utility of 10,000 meters, bytes, latency budget in seconds, required reliability.
 */
export const fixtureRows = `cust-info; 4.3.4.1; bulk_Cust_Subset_Acct_Info_REP_data; resp-data; CIS/Billing - REPi; ODW - REPi; x per | REPi-ODW per | z per day (y Mtrs per z); 20; 2000000; 3600; 0.995
cust-info; 4.3.4.1; bulk_Cust_Subset_Acct_Info_Util_data; resp-data; CIS/Billing - Utility; ODW - Utility; x per | Utl per | day (batches of y Mtrs); 20; 2000000; 3600; 0.995
cust-info; 4.3.4.2; bulk_Cust_Subset_meter_comm_Info_Util_data; resp-data; AMI Head-End(j); ODW - Utility; 1 per | Utl-ODW per | day; 1; 2000000; 3600; 0.995
cust-info; 4.3.4.2; bulk_Cust_Subset_meter_Info_Util_data; resp-data; MDMS; ODW - Utility; 1 per | Utl-ODW per | day; 1; 2000000; 3600; 0.995
cust-info; 4.3.4.2; bulk_Cust_Subset_meter_outage_Info_Util_data; resp-data; OMS; ODW - Utility; 1 per | Utl-ODW per | day; 1; 2000000; 3600; 0.995
cust-info; 4.3.4.3; Cust_Acct_Info_cmd; cmd; Cust. Browser - Premise; Web Portal - Utility; 100 per 1000 per | Utl-Mtr per | day; 1000; 50; 15; 0.99
field-da-maint; 4.4.1.4.1.2; FeederRecloser_alarm; alarm; Feeder Recloser; DMS; 1 per | fdrRC per | week; 5.714; 50; 5; 0.995
field-da-maint; 4.4.1.4.1.2; FeederRegulator_alarm; alarm; Feeder Regulator; DMS; 1 per | fdrVR per | week; 5.714; 100; 5; 0.995
field-da-maint; 4.4.1.4.1.2; FeederSensor_alarm; alarm; Feeder Sensor; DMS; 1 per | fdrFS per | day; 80; 50; 5; 0.99
field-da-maint; 4.4.1.4.1.2; FeederSwitch_alarm; alarm; Feeder Switch; DMS; 1 per | fdrSW per | week; 5.714; 50; 5; 0.995
field-da-maint; 4.4.1.4.1.3; FeederCapBank_deviation_alert; alert; Feeder Cap Bank; DMS; 1 per | fdrCB per | 12 hours; 80; 50; 5; 0.995
field-da-maint; 4.4.1.4.1.3; FeederFault_Detector_deviation_alert; alert; Feeder Sensor; DMS; 1 per | Fault-Detector-fdrFS per | week; 11.429; 50; 5; 0.995
field-da-maint; 4.4.1.4.1.3; FeederRecloser_deviation_alert; alert; Feeder Recloser; DMS; 1 per | fdrRC per | day; 40; 50; 5; 0.995
field-da-maint; 4.4.1.4.1.3; FeederRegulator_deviation_alert; alert; Feeder Regulator; DMS; 1 per | fdrVR per | hour; 960; 100; 5; 0.995
field-da-maint; 4.4.1.4.1.3; FeederSwitch_deviation_alert; alert; Feeder Switch; DMS; 1 per | fdrSW per | day; 40; 50; 5; 0.995
field-da-maint; 4.4.1.4.1.4; FeederCapBank_Operate_failure; alarm; Feeder Cap Bank; DMS; 1 per | fdrCB per | month; 1.315; 50; 5; 0.995
field-da-maint; 4.4.1.4.1.4; FeederRecloser_Operate_failure; alarm; Feeder Recloser; DMS; 1 per | fdrRC per | month; 1.315; 50; 5; 0.995
field-da-maint; 4.4.1.4.1.5; FeederCapBank_sensor_data_cmd; cmd; DMS; Feeder Cap Bank; 1 per | fdrCB per | hour; 960; 50; 5; 0.995
field-da-maint; 4.4.1.4.1.5; FeederCapBank_sensor_data_resp-data; resp-data; Feeder Cap Bank; DMS; 1 per | fdrCB per | hour; 960; 100; 5; 0.995
field-da-maint; 4.4.1.4.1.5; FeederFault_Detector_sensor_data_cmd; cmd; DMS; Feeder Sensor; 1 per | Fault-Detector-fdrFS per | week; 11.429; 100; 5; 0.995
field-da-maint; 4.4.1.4.1.5; FeederFault_Detector_sensor_data_resp-data; resp-data; Feeder Sensor; DMS; 1 per | Fault-Detector-fdrFS per | week; 11.429; 1000; 5; 0.995
field-da-maint; 4.4.1.4.1.5; FeederRecloser_sensor_data_resp-data; resp-data; Feeder Recloser; DMS; 1 per | fdrRC per | 12 hours; 80; 100; 5; 0.995
volt-var; 4.4.1.5.1.2; FeederCapBank_close_ack; ack; Feeder Cap Bank; DMS; 1 per | fdrCB per | 12 hours; 80; 25; 5; 0.995
volt-var; 4.4.1.5.1.2; FeederCapBank_close_cmd; cmd; DMS; Feeder Cap Bank; 1 per | fdrCB per | 12 hours; 80; 150; 5; 0.995
volt-var; 4.4.1.5.1.3; FeederCapBank_open_ack; ack; Feeder Cap Bank; DMS; 1 per | fdrCB per | 12 hours; 80; 25; 5; 0.995
volt-var; 4.4.1.5.1.3; FeederCapBank_open_cmd; cmd; DMS; Feeder Cap Bank; 1 per | fdrCB per | 12 hours; 80; 150; 5; 0.995
volt-var; 4.4.1.5.1.4; FeederCapBank_new_config_cmd; cmd; DMS; Feeder Cap Bank; 1 per | fdrCB per | week; 5.714; 500; 5; 0.995
volt-var; 4.4.1.5.1.5; FeederRecloser_new_config_cmd; cmd; DMS; Feeder Recloser; 1 per | fdrRC per | week; 5.714; 500; 5; 0.995
volt-var; 4.4.1.5.1.6; FeederRegulator_new_config_ack; ack; Feeder Regulator; DMS; 1 per | fdrVR per | 12 hours; 80; 25; 5; 0.995
volt-var; 4.4.1.5.1.6; FeederRegulator_new_config_cmd; cmd; DMS; Feeder Regulator; 1 per | fdrVR per | 12 hours; 80; 500; 5; 0.995
volt-var; 4.4.1.5.1.7; FeederRegulator_step_up_ack; ack; Feeder Regulator; DMS; 1 per | fdrVR per | 2 hours; 480; 25; 5; 0.995
volt-var; 4.4.1.5.1.7; FeederRegulator_step_up_cmd; cmd; DMS; Feeder Regulator; 1 per | fdrVR per | 2 hours; 480; 250; 5; 0.995
volt-var; 4.4.1.5.1.8; FeederRegulator_step_down_ack; ack; Feeder Regulator; DMS; 1 per | fdrVR per | 2 hours; 480; 25; 5; 0.995
volt-var; 4.4.1.5.1.8; FeederRegulator_step_down_cmd; cmd; DMS; Feeder Regulator; 1 per | fdrVR per | 2 hours; 480; 250; 5; 0.995
fcir; 4.4.1.7.3.1; circuit_device_oper_cmd; cmd; DMS; Feeder Recloser; 1 per | Sub(x)-Zone(y)-isolate-device per | x zone isolation step event; 0; 25; 5; 0.99
fcir; 4.4.1.7.3.1; circuit_device_oper_cmd_ack; ack; Feeder Recloser; DMS; 1 per | Sub(x)-Zone(y)-isolate-device per | x zone isolation step event; 0; 25; 5; 0.99
fcir; 4.4.1.7.3.2; circuit_device_status_cmd; cmd; DMS; Feeder Circuit Breaker; 1 per | Sub(x)-Zone(y)-isolate-device per | x zone isolation step event; 0; 25; 5; 0.99
fcir; 4.4.1.7.3.2; circuit_device_status_resp-data; resp-data; Feeder Circuit Breaker; DMS; 1 per | Sub(x)-Zone(y)-isolate-device per | x zone isolation step event; 0; 50; 5; 0.99
fcir; 4.4.1.7.3.3; circuit_device_self-init_status_resp-data; resp-data; Feeder Recloser; DMS; 1 per | Sub(x)-Zone(y)-isolate-device per | x zone isolation step event; 0; 50; 5; 0.99
fcir; 4.4.1.7.3.4; fault_lock_out_alarm; alarm; Feeder Recloser; Distr. SCADA FEP; x per | Sub(x)-faulted-Circuit(y)-lockout-device per | time period; 1.6; 50; 5; 0.99
dispatch-storage; 4.5.4.1; circuit-brk_device_status_cmd; cmd; DAC - sub; Feeder Circuit Breaker; 288 per | Sub(x)DAC-fdrCrtBrk per | day; 11520; 25; 2; 0.995
dispatch-storage; 4.5.4.1; circuit-brk_status_resp-data; resp-data; Feeder Circuit Breaker; DAC - sub; 288 per | Sub(x)DAC-fdrCrtBrk per | day; 11520; 50; 2; 0.995
dispatch-storage; 4.5.4.1; distr_cust_storage_status_cmd; cmd; DAC - sub; Distr. Cust. Storage; 288 per | Sub(x)DAC-Sub(x)FANgw-fdrDCS per | day; 11520; 25; 5; 0.995
dispatch-storage; 4.5.4.1; distr_cust_storage_status_resp-data; resp-data; Distr. Cust. Storage; DAC - sub; 288 per | Sub(x)DAC-Sub(x)FANgw-fdrDCS per | day; 11520; 50; 5; 0.995
dispatch-storage; 4.5.4.1; distr_cust_storage_discharge_cmd; cmd; DAC - sub; Distr. Cust. Storage; 2-6 per | Sub(x)DAC-Sub(x)FANgw-fdrDCS per | dispatch-period per day; 240; 25; 5; 0.995
dispatch-storage; 4.5.4.1; distr_cust_storage_discharge_cmd_ack; ack; Distr. Cust. Storage; DAC - sub; 2-6 per | Sub(x)DAC-Sub(x)FANgw-fdrDCS per | dispatch-period per day; 240; 25; 5; 0.995
dispatch-storage; 4.5.4.1; distr_cust_storage_charge-rate_cmd; cmd; DAC - sub; Distr. Cust. Storage; 2-4 per | Sub(x)DAC-Sub(x)FANgw-fdrDCS per | charge-period per day; 160; 25; 5; 0.995
dispatch-storage; 4.5.4.1; distr_cust_storage_charge-rate_cmd_ack; ack; Distr. Cust. Storage; DAC - sub; 2-4 per | Sub(x)DAC-Sub(x)FANgw-fdrDCS per | charge-period per day; 160; 25; 5; 0.995
islanded-storage; 4.5.4.2; distr_cust_storage_in-island-mode_alarm; alarm; Distr. Cust. Storage; DAC - sub; 1 per | FANgw(x)-fdrDCS per | detected transformer lose of power event; 0; 50; 8; 0.995
islanded-storage; 4.5.4.2; distr_cust_storage_out-of-island-mode_alert; alert; Distr. Cust. Storage; DAC - sub; 1 per | fdrDCS per | detected transformer restore of power event; 0; 50; 8; 0.995
islanded-storage; 4.5.4.3; meter_capped_kwh_mode_cmd; cmd; LMS - Utility; 2-Way Meter - Electr; 4-6 per | fdrDCS per | detected transformer lose of power event; 0; 25; 12; 0.98
islanded-storage; 4.5.4.3; meter_capped_kwh_mode_cmd_ack; ack; 2-Way Meter - Electr; LMS - Utility; 1 per | ElectrMtr per | processed capped kwh mode cmd; 20; 25; 12; 0.98
islanded-storage; 4.5.4.3; meter_in_capped_kwh_mode_alert; alert; 2-Way Meter - Electr; IPD; 1 per | ElectrMtr-with-IPD-or-CustEMS per | capped kwh mode cmd; 20; 150; 12; 0.98
islanded-storage; 4.5.4.3; meter_capped_kwh_mode_cancel_cmd_ack; ack; 2-Way Meter - Electr; LMS - Utility; 1 per | ElectrMtr per | capped kwh mode cancel cmd; 20; 25; 12; 0.98
islanded-storage; 4.5.4.3; meter_out_of_capped_kwh_mode_alert; alert; 2-Way Meter - Electr; IPD; 1 per | ElectrMtr per | in-capped kwh mode cancel cmd; 20; 150; 12; 0.98
dr-dlc; 4.6.4.1; Load_mgm_req_ack; ack; 2-Way Meter - Electr; LMS - Utility; x per 1000 per | Utl-joined-DRDLC-HANdevice per | LMS - Utl Load Mgmt event; 0; 25; 14400; 0.9
dr-dlc; 4.6.4.1; Load_mgm_reqst; cmd; LMS - Utility; 2-Way Meter - Electr; 60 per 1000 per | Utl-joined-DRDLC-HANdevice per | day; 108; 100; 60; 0.98
dr-dlc; 4.6.4.1; Load_mgm_reqst_brdcst; cmd; LMS - Utility; 2-Way Meter - Electr; 1 per | Utl-joined-DRDLC-HANdevice per | LMS - Utl load mgmt broadcast request event; 0; 100; 60; 0.995
dr-dlc; 4.6.4.1; Load_mgm_reqst_mltcst; cmd; LMS - Utility; 2-Way Meter - Electr; 1 per | Utl-joined-DRDLC-HANdevice per | LMS - Utl load mgmt multicast request event; 0; 100; 60; 0.98
dr-dlc; 4.6.4.2; Vol_load_shed_req_ack; ack; IPD; LMS - Utility; y per 1000 per | Utl-joined-HANdevice per | LMS - Utl vol-load-shed event; 0; 25; 14400; 0.9
dr-dlc; 4.6.4.2; Vol_load_shed_reqst; cmd; LMS - Utility; IPD; 60 per 1000 per | Utl-joined-HANdevice per | LMS - Utl vol-load-shed-event; 0; 100; 60; 0.98
dr-dlc; 4.6.4.2; Vol_load_shed_reqst_brdcst; cmd; LMS - Utility; IPD; 1 per | Utl-joined-HANdevice per | LMS - Utl vol load shed broadcast request event; 0; 100; 60; 0.995
dr-dlc; 4.6.4.3; Load_mgm_opt_out; cmd; 2-Way Meter - Electr; LMS - Utility; 10 per 1000 per | Utl-joined-DRDLC-HANdevice per | LMS - Utl Direct Load Mgmt Event; 0; 25; 60; 0.98
prepay; 4.7.4.1; prepay_cust_enroll_cmd; cmd; Cust. Browser - Premise; CIS/Billing - Utility; 1 per | CustPremiseBrowser per | Utl PrePay Mtr enrollment; 0.4; 100; 15; 0.99
prepay; 4.7.4.2; prepay_cust_unenroll_cmd; cmd; Cust. Browser - Premise; CIS/Billing - Utility; 1 per | CustPremiseBrowser per | Utl PrePay Mtr unenroll request; 0.4; 100; 15; 0.99
prepay; 4.7.4.3; prepay_meter_config_cmd; cmd; CIS/Billing - Utility; 2-Way Meter - Electr; 1 per | PrePay-joined-ElectrMtr per | Utl PrePay enrollment; 20; 25; 60; 0.98
phev; 4.8.4.1; PHEV_price_rate_cmd; cmd; LMS - Utility; PHEV; 1 per | connected-PHEV per | 2-4 per day; 1200; 255; 15; 0.98
phev; 4.8.4.1; PHEV_price_rate_comm_err; comm-err; ESI - Utility; LMS - Utility; 1 per 1000 per | ESIUtl-PHEV per | day; 0.3; 50; 15; 0.98
phev; 4.8.4.2; PHEV_pwr_chrg_rate_comm_err; comm-err; AMI Head-End(j); PHEV; 1 per 1000 per | PHEV per | day; 0.3; 50; 15; 0.98
phev; 4.8.4.2; PHEV_pwr_chrg_rate_negot-thrd; negot-thrd; LMS - Utility; PHEV; 2-4 per | connected-PHEV per | day; 1200; 100; 15; 0.98
phev; 4.8.4.2; PHEV_pwr_chrg_status_resp-data; resp-data; PHEV; LMS - Utility; 2-4 per | PHEV per | charging event per day; 1200; 100; 15; 0.98
phev; 4.8.4.3; PHEV_Vin_data_cmd; cmd; PHEV; MDMS; 1 per | connected-PHEV per | day; 300; 50; 15; 0.98
phev; 4.8.4.3; PHEV_Vin_data_comm_err; comm-err; AMI Head-End(j); PHEV; 1 per 1000 per | connected-PHEV per | day; 0.3; 50; 10; 0.995
firmware-program-update; 4.9.4.1; DAP_firmware_update_cmd; cmd; AMI Head-End(j); DAPjm; 2 per | DAPjm per | year; 0.055; 750000; 300; 0.98
firmware-program-update; 4.9.4.1; DAP_firmware_update_confirmation; resp-data; DAPjm; MDMS; 1 per | DAPjm per | firmware update event; 0; 50; 15; 0.98
firmware-program-update; 4.9.4.2; DAP_program_update_cmd; cmd; AMI Head-End(j); DAPjm; 2 per | DAPjm per | year; 0.055; 50000; 300; 0.98
firmware-program-update; 4.9.4.2; DAP_program_update_confirmation; resp-data; DAPjm; MDMS; 1 per | DAPjm per | metrology firmware update event; 0; 50; 15; 0.98
firmware-program-update; 4.9.4.3; ESI_firmware_update_cmd; cmd; Field Tool; ESI - In Meter; 1 per | ESI per | ESI firmware update from Field Tool event; 0; 750000; 120; 0.98
firmware-program-update; 4.9.4.3; ESI_firmware_update_confirmation; resp-data; ESI - In Meter; Field Tool; 1 per | ESI per | ESI firmware update from Field Tool event; 0; 50; 15; 0.98
firmware-program-update; 4.9.4.4; ESI-In-Utility_firmware_update_broadcast_cmd; cmd; AMI Head-End(j); ESI - In Meter; 1 per | ESIInUtl-type per | ESI firmware update broadcast event; 0; 1000000; 604800; 0.98
firmware-program-update; 4.9.4.4; ESI-In-Utility_firmware_update_cmd; cmd; AMI Head-End(j); ESI - In Meter; 2 per | ESIInUtl per | year; 0.005; 1000000; 1200; 0.98
firmware-program-update; 4.9.4.4; ESI-In-Utility_firmware_update_confirmation; resp-data; ESI - In Meter; MDMS; 1 per | ESIInUtl per | ESI firmware update event; 0; 50; 15; 0.98
firmware-program-update; 4.9.4.5; FAN-GtWay_firmware_update_cmd; cmd; Distr. SCADA FEP; FAN gateway - field; 2 per | FANgw(x) per | year; 0.219; 750000; 300; 0.99
firmware-program-update; 4.9.4.5; FAN-GtWay_firmware_update_confirmation; resp-data; FAN gateway - field; Field Tools; 1 per | FANgw(x) per | firmware update from Field Tool; 0.08; 50; 5; 0.99
firmware-program-update; 4.9.4.6; FAN-GtWay_program_update_cmd; cmd; Distr. SCADA FEP; FAN gateway - field; 2 per | FANgw(x) per | year; 0.219; 50000; 300; 0.99
firmware-program-update; 4.9.4.7; Fdr-dev-cntl_firmware_update_cmd; cmd; Distr. SCADA FEP; Feeder Regulator; 1 per | fdrDevice per | year; 0.11; 2000000; 1200; 0.99
firmware-program-update; 4.9.4.7; Fdr-dev-cntl_firmware_update_confirmation; resp-data; Feeder Regulator; Analytic DB; 1 per | fdrDevice per | update; 0.08; 50; 15; 0.98
meter-reading; 4.10.4.1; on-demand_Mtr-read_resp-data; resp-data; 2-Way Meter - Electr; CIS/Billing - Utility; 25 per 1000 per | ElectrMtr per | day; 250; 100; 15; 0.98
meter-reading; 4.10.4.1; on-demand_Mtr-read_cmd; cmd; CIS/Billing - Utility; 2-Way Meter - Electr; 25 per 1000 per | ElectrMtr per | day; 250; 25; 15; 0.98
meter-reading; 4.10.4.2; on-demand_Mtr-read_cmd_comm_err; comm-err; DAPjm; CIS/Billing - Utility; 25 per 1000 per | ElectrMtr per | day; 250; 50; 10; 0.99
meter-reading; 4.10.4.2; on-demand_Mtr-read_cmd_err; cmd-err; 2-Way Meter - Electr; CIS/Billing - Utility; 25 per 1000 per | ElectrMtr per | day; 250; 50; 15; 0.98
meter-reading; 4.10.4.3; Mtr-read_data_resp-data; resp-data; 2-Way Meter - Electr; AMI Head-End(j); 1 per | ElecMtr per | day; 10000; 200; 14400; 0.98
meter-reading; 4.10.4.4; Mtr-read_multi-interval-data_cmd; cmd; MDMS; 2-Way Meter - Electr; 25 per 1000 per | ElectrMtr per | day; 250; 25; 15; 0.98
meter-reading; 4.10.4.4; Mtr-read_multi-interval-data_resp-data; resp-data; 2-Way Meter - Gas C/I; AMI Head-End(j); 1-6 per | GasC/IMtr per | day (may have 15 min vs 1hr interval data); 1200; 2400; 14400; 0.9
meter-reading; 4.10.4.5; bulk_Mtr-read_cmd; cmd; CIS/Billing - Utility; MDMS; x per | Utl per | day (batches of y Mtrs); 20; 25; 3600; 0.995
meter-reading; 4.10.4.5; bulk_Mtr-read_resp-data; resp-data; MDMS; CIS/Billing - Utility; x per | Utl per | day (batches of y Mtrs); 20; 2000000; 3600; 0.995
meter-events; 4.11.4.1; Audit_Application_Event; alert; 2-Way Meter - Electr; MDMS; 1 per 1000 per | ElectrMtr per | month; 0.329; 278; 240; 0.98
meter-events; 4.11.4.2; Configuration_Event; alarm; 2-Way Meter - Electr; MDMS; 1 per 1000 per | ElectrMtr per | month; 0.329; 278; 120; 0.98
meter-events; 4.11.4.3; Fault_Error_Alarm_Event; alarm; 2-Way Meter - Electr; MDMS; 4 per 1000 per | ElectrMtr per | month; 1.315; 278; 120; 0.98
meter-events; 4.11.4.4; Power_Quality_Event; alarm; 2-Way Meter - Electr; MDMS; 4 per 1000 per | ElectrMtr per | month; 1.315; 278; 120; 0.98
meter-events; 4.11.4.5; Security_Event; alarm; 2-Way Meter - Electr; MDMS; 4 per 1000 per | ElectrMtr per | month; 1.315; 278; 120; 0.98
orm; 4.12.4.1; otg_ntf_evnt_data; alarm; 2-Way Meter - Electr; OMS; 1 per | ElectrMtr per | lost-power-event; 0; 25; 20; 0.3
orm; 4.12.4.2; batt_pwr_notification; alarm; DAPjm; OMS; 20 per 1000 per | DAPjm per | system power outage event per day; 0.2; 25; 5; 0.99
orm; 4.12.4.3; svc_rst_ntf_evnt_data; alert; 2-Way Meter - Electr; OMS; 1 per | ElectrMtr per | power-returned-event; 0; 25; 20; 0.98
premise-network-admin; 4.13.4.1; han_dev_join_ack; ack; 2-Way Meter - Electr; CIS/Billing - Utility; x per | HANdevice per | Utl join request per year; 72; 25; 20; 0.98
premise-network-admin; 4.13.4.1; han_dev_join_cmd; cmd; CIS/Billing - Utility; 2-Way Meter - Electr; x per | HANdevice per | Utl join request per year; 72; 25; 20; 0.98
premise-network-admin; 4.13.4.1; han_dev_join_cmd_err; cmd-err; 2-Way Meter - Electr; CIS/Billing - Utility; 1 per 1000 per | HANdevice per | Utl join request per day; 1.8; 25; 20; 0.98
premise-network-admin; 4.13.4.2; han_dev_un_join_cmd; cmd; CIS/Billing - Utility; 2-Way Meter - Electr; x per | HANdevice per | Utl un-join request per year; 72; 25; 20; 0.98
price; 4.14.4.1; TOU_pricing-data_ack; ack; 2-Way Meter - Electr; LMS - Utility; x per 1000 per | Utl-joined-TOU-HANdevice per | LMS - Utl TOU price data event - 4 per year; 0; 25; 14400; 0.9
price; 4.14.4.1; TOU_pricing-data_brdcst; cmd; LMS - Utility; 2-Way Meter - Electr; 1 per | Utl-joined-TOU-HANdevice per | LMS - Utl TOU price data broadcast event - 4 per year; 0; 100; 60; 0.98
price; 4.14.4.1; TOU_pricing-data_cmd; cmd; LMS - Utility; 2-Way Meter - Electr; 60 per 1000 per | Utl-joined-TOU-HANdevice per | day; 108; 100; 60; 0.98
price; 4.14.4.2; RTP_pricing-data_ack; ack; 2-Way Meter - Electr; LMS - Utility; x per 1000 per | Utl-joined-RTP-HANdevice per | LMS - Utl RTP price data event - 96 per day; 3456; 25; 14400; 0.9
price; 4.14.4.2; RTP_pricing-data_brdcst; cmd; LMS - Utility; 2-Way Meter - Electr; 1 per | Utl-joined-RTP-HANdevice per | LMS - Utl RTP price data broadcast event - 96 per day; 172800; 100; 60; 0.98
price; 4.14.4.2; RTP_pricing-data_cmd; cmd; LMS - Utility; 2-Way Meter - Electr; 60 per 1000 per | Utl-joined-RTP-HANdevice per | 6 per day; 648; 100; 60; 0.98
price; 4.14.4.2; RTP_pricing-data_mltcst; cmd; LMS - Utility; 2-Way Meter - Electr; 1 per | Utl-joined-RTP-HANdevice per | LMS - Utl RTP price data multicast event - 96 per day; 172800; 100; 60; 0.98
service-switch; 4.15.4.1; SW_opr_cmd; cmd; CIS/Billing - Utility; 2-Way Meter - Electr; 1-50 per 1000 per | ElectrMtr per | day; 500; 25; 60; 0.98
service-switch; 4.15.4.1; SW_opr_cmd_ack; ack; 2-Way Meter - Electr; CIS/Billing - Utility; 1-2 per 1000 per | ElectrMtr per | day; 20; 25; 120; 0.98
service-switch; 4.15.4.2; SW_opr_cancel_cmd; cmd; CIS/Billing - Utility; 2-Way Meter - Electr; 1-2 per 1000 per | ElectrMtr per | day; 20; 25; 60; 0.98
service-switch; 4.15.4.2; SW_opr_cmd_ack; ack; 2-Way Meter - Electr; CIS/Billing - Utility; 1-2 per 1000 per | ElectrMtr per | day; 20; 25; 120; 0.98
service-switch; 4.15.4.3; SW_state_cmd; cmd; CIS/Billing - Utility; 2-Way Meter - Electr; 1-50 per 1000 per | ElectrMtr per | day; 500; 25; 60; 0.98
service-switch; 4.15.4.3; SW_state_cmd_resp-data; resp-data; 2-Way Meter - Electr; CIS/Billing - Utility; 1 per 1000 per | ElectrMtr per | day; 10; 100; 60; 0.98
service-switch; 4.15.4.4; SW_opr_cmd_comm-err; comm-err; DAPjm; CIS/Billing - Utility; 1-4 per 1000 per | DAPjm-ElectrMtr per | SW oper per day; 40; 50; 60; 0.99
service-switch; 4.15.4.4; SW_opr_fail_cmd-err; cmd-err; 2-Way Meter - Electr; CIS/Billing - Utility; 1 per 1000 per | ElectrMtr per | SW oper per day; 10; 50; 120; 0.98
service-switch; 4.15.4.5; SW_post-oper-info_resp-data; resp-data; 2-Way Meter - Electr; CIS/Billing - Utility; 1-2 per 1000 per | ElectrMtr per | day; 20; 100; 60; 0.98`;
